"""Discord's limits, each under its name: characters, unless it counts something else.

Discord's own documentation: "Component Reference", "Create Message", "Interaction Callback", "Application Commands".
"""

TEXT = 4_000
"""Of all text displays of a message together."""
CONTENT = 2_000
"""Of a message without components."""
COMPONENTS = 40
"""In a message, those inside others too."""
CUSTOM_ID = 100
MENTIONS = 100
"""People, or roles, that one message mentions."""
MENTIONED = 90
"""People that a message of ours mentions at most."""

BUTTONS = 5
"""Side by side in one row."""
BUTTON = 80
"""Of a button's label."""
URL = 512
"""Of a button that is a link."""
SECTION_TEXTS = 3

OPTIONS = 25
"""In a menu, of a command's choices, and of what is suggested while somebody types."""
RADIO_OPTIONS = 10
OPTION = 100
"""Of an option's label, its description and its value; of a choice's and a suggestion's too."""
PLACEHOLDER = 150
"""Of a menu's."""

THREAD_NAME = 100

FORM_PARTS = 5
FORM_TITLE = 45
LABEL = 45
"""Above a part of a form."""
HINT = 100
"""Beneath that label, and within an empty field."""
FIELD = 4_000
"""What a field of a form holds at most."""

DESCRIPTION = 100
"""Of a command, and of each of its options."""
