"""Discord's limits for messages, forms and suggestions, held against the raw JSON; and how to stay below."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cogs import limits
from deliberation.texts.invisible import shows

from .formatting import cut

_BUTTON, _STRING_SELECT, _TEXT = 2, 3, 10
_SELECTS = frozenset({3, 5, 6, 7, 8})
_LINK = 5


def share(parts: Sequence[str], budget: int) -> list[str]:
    """The parts, cut so that together they have at most `budget` characters: short ones stay whole, and what they
    leave is shared equally among the long ones."""
    left, kept = budget, [""] * len(parts)
    waiting = sorted(range(len(parts)), key=lambda place: len(parts[place]))
    while waiting:
        place = waiting.pop(0)
        kept[place] = cut(parts[place], left // (len(waiting) + 1))
        left -= len(kept[place])
    return kept


def check_message(payload: Mapping[str, Any]) -> list[str]:
    """Every limit that a message, form or list of suggestions would break; an empty list where Discord takes it.

    `payload` is the JSON of a message, or of an interaction's answer ({"type", "data"}).
    """
    kind = payload.get("type") if "data" in payload else None
    data: Mapping[str, Any] = payload.get("data") or {} if "data" in payload else payload
    if kind == 8:
        return list(_suggestions(data.get("choices", [])))
    if kind == 9:
        return list(_form(data))
    return list(_message(data))


def _message(data: Mapping[str, Any]) -> Iterator[str]:
    components: Sequence[Mapping[str, Any]] = data.get("components") or []
    every = list(_walk(components))
    if len(data.get("content") or "") > limits.CONTENT:
        yield f"content has more than {limits.CONTENT} characters"
    if len(every) > limits.COMPONENTS:
        yield f"{len(every)} components, more than {limits.COMPONENTS}"
    text = sum(len(part.get("content", "")) for part in every if part["type"] == _TEXT)
    if text > limits.TEXT:
        yield f"{text} characters of text, more than {limits.TEXT}"
    mentions: Mapping[str, Any] = data.get("allowed_mentions") or {}
    for name in ("users", "roles"):
        if len(mentions.get(name, [])) > limits.MENTIONS:
            yield f"{len(mentions[name])} mentioned {name}, more than {limits.MENTIONS}"
    yield from _components(every)


def _form(data: Mapping[str, Any]) -> Iterator[str]:
    components: Sequence[Mapping[str, Any]] = data.get("components") or []
    yield from _length("title", data.get("title", ""), 1, limits.FORM_TITLE)
    yield from _length("custom_id", data.get("custom_id", ""), 1, limits.CUSTOM_ID)
    if not 1 <= len(components) <= limits.FORM_PARTS:
        yield f"{len(components)} parts in a form, not 1 to {limits.FORM_PARTS}"
    yield from _components(list(_walk(components)))


def _suggestions(choices: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if len(choices) > limits.OPTIONS:
        yield f"{len(choices)} suggestions, more than {limits.OPTIONS}"
    for choice in choices:
        yield from _label("suggestion", choice["name"])
        if isinstance(choice["value"], str):
            yield from _length("suggested value", choice["value"], 1, limits.OPTION)


def _components(every: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    used = Counter(part["custom_id"] for part in every if part.get("custom_id"))
    for custom_id, times in used.items():
        if times > 1:
            yield f"custom id {custom_id!r} stands {times} times"
    for part in every:
        yield from _one(part)


def _one(part: Mapping[str, Any]) -> Iterator[str]:
    match part["type"]:
        case 1:  # action row
            inner = [child["type"] for child in part.get("components", [])]
            if not inner or len(inner) > limits.BUTTONS or (len(inner) > 1 and set(inner) != {_BUTTON}):
                yield f"an action row with {inner}: up to five buttons, or one menu"
        case 2:  # button
            yield from _button(part)
        case 4:  # text input
            yield from _lengths(
                part,
                custom_id=(1, limits.CUSTOM_ID),
                placeholder=(0, limits.HINT),
                value=(0, part.get("max_length", limits.FIELD)),
            )
        case 9:  # section
            if not 1 <= len(part.get("components", [])) <= limits.SECTION_TEXTS or not part.get("accessory"):
                yield "a section needs one to three texts and an accessory"
        case 10:  # text display
            if not shows(part.get("content", "")):
                yield "an empty text"
        case 17:  # container
            if not part.get("components"):
                yield "an empty container"
        case 18:  # label
            yield from _lengths(part, label=(1, limits.LABEL), description=(0, limits.HINT))
        case 21:  # radio group
            yield from _options(part, most=limits.RADIO_OPTIONS, least=2)
        case kind if kind in _SELECTS:
            yield from _lengths(part, custom_id=(1, limits.CUSTOM_ID), placeholder=(0, limits.PLACEHOLDER))
            if kind == _STRING_SELECT:
                yield from _options(part, most=limits.OPTIONS, least=1)
        case _:
            pass


def _button(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("style") == _LINK:
        yield from _lengths(part, url=(1, limits.URL))
    else:
        yield from _lengths(part, custom_id=(1, limits.CUSTOM_ID))
        if not part.get("custom_id"):
            yield "a button without a custom id"
    yield from _lengths(part, label=(0, limits.BUTTON))
    if not part.get("label") and not part.get("emoji"):
        yield "a button without label and emoji"


def _options(part: Mapping[str, Any], *, most: int, least: int) -> Iterator[str]:
    options = part.get("options", [])
    if not least <= len(options) <= most:
        yield f"{len(options)} options, not {least} to {most}"
    values = Counter(option["value"] for option in options)
    for value, times in values.items():
        if times > 1:
            yield f"option {value!r} stands {times} times"
    for option in options:
        yield from _label("label", option["label"])
        yield from _lengths(option, value=(1, limits.OPTION), description=(0, limits.OPTION))
    chosen = sum(bool(option.get("default")) for option in options)
    if chosen > part.get("max_values", 1):
        yield f"{chosen} options chosen beforehand, more than may be chosen"


def _lengths(part: Mapping[str, Any], **limits: tuple[int, int]) -> Iterator[str]:
    for name, (least, most) in limits.items():
        if part.get(name) is not None:
            yield from _length(name, part[name], least, most)


def _label(name: str, text: str) -> Iterator[str]:
    """Where one label is empty, Discord refuses the whole list."""
    yield from _length(name, text, 1, limits.OPTION)
    if not shows(text):
        yield f"{name} shows nothing: {text!r}"


def _length(name: str, text: str, least: int, most: int) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{name} has {len(text)} characters, not {least} to {most}: {text[:60]!r}"


def _walk(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for part in components:
        yield part
        yield from _walk(part.get("components") or [])
        yield from _walk([inner for inner in (part.get("accessory"), part.get("component")) if inner])
