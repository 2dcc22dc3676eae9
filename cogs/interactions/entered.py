"""What was typed and chosen in a form or a command, as Discord sends it."""

from collections.abc import Iterable, Mapping
from typing import Any

Fields = Mapping[str, str | list[str]]
"""What was entered, by the custom id of the inner component: text as `str`, choices as `list[str]`."""


def fields_of(data: Mapping[str, Any]) -> Fields:
    """The entered values of a modal submission: labels (or rows) that wrap one component each."""
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
    options: Iterable[dict[str, Any]] = data.get("options", ()) if data else ()
    for option in options:
        if isinstance(option.get("value"), str):
            option["value"] = _mended(option["value"])
        mend(option)


def _mended(text: str) -> str:
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
