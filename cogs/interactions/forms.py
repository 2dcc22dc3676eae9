"""Forms are found again by their custom id alone: one opened before a restart is still accepted after it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cogs.custom_ids import Template, noun_of

Fields = Mapping[str, str | list[str]]
"""What was entered, by the custom id of the inner component: text as `str`, choices as `list[str]`."""

Handler = Callable[..., Awaitable[None]]
"""Called with (interaction, desk, say, ids, fields)."""


@dataclass(frozen=True)
class Form:
    """Who takes what a form brings. `again`: the template of the button that opens it once more. `for_chairs`: it is
    taken from nobody else."""

    template: Template
    submitted: Handler
    again: Template | None = None
    for_chairs: bool = False

    def again_id(self, ids: Any) -> str | None:
        """The custom id of that button, from the form's own fields."""
        if self.again is None:
            return None
        return self.again.build(**{name: getattr(ids, name, None) for name, _ in self.again.fields})


class Forms:
    """The forms that the areas registered."""

    def __init__(self) -> None:
        self._forms: dict[str, Form] = {}

    def add(
        self, template: Template, submitted: Handler, *, again: Template | None = None, for_chairs: bool = False
    ) -> None:
        """Let `submitted` take what forms of this template bring. An area that is loaded anew replaces its own."""
        self._forms[template.noun] = Form(template, submitted, again, for_chairs)

    def find(self, custom_id: str) -> tuple[Form, Any] | None:
        """The form that this id belongs to, with the id's fields."""
        form = self._forms.get(noun_of(custom_id))
        match = None if form is None else form.template.pattern.fullmatch(custom_id)
        return None if form is None or match is None else (form, form.template.read(match))


def fields_of(data: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The entered values of a modal submission, as Discord sends it: labels (or rows) that wrap one component each."""
    found: dict[str, str | list[str]] = {}
    for part in data.get("components", ()):
        inner = part.get("component")
        for component in [inner] if inner else part.get("components", ()):
            if "custom_id" in component:
                found[component["custom_id"]] = _entered(component)
    return found


def _entered(component: Mapping[str, Any]) -> str | list[str]:
    if "values" in component:
        return [_mended(str(value)) for value in component["values"]]
    return _mended(str(component.get("value") or ""))


def mend(data: Any) -> None:
    """Replace in a command's options, in place, what is half a character: no database and no message can hold it."""
    for option in (data or {}).get("options", ()):
        if isinstance(option.get("value"), str):
            option["value"] = _mended(option["value"])
        mend(option)


def _mended(text: str) -> str:
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
