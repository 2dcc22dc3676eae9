"""Requests of the bot, held against Discord's own OpenAPI description of its HTTP API.

SimCord accepts a few requests that Discord would refuse (a wrong callback type, an over-long label in a place it does
not look at). The description is Discord's, so what it refuses here would have been refused there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, cast

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_FILE = Path(__file__).resolve().parents[2] / "shared" / "data" / "discord-openapi.json"
_DOCUMENT = "urn:discord-openapi"
_METHODS = frozenset({"get", "put", "post", "delete", "patch"})
_LONGEST_VALUE = 80


class Request(Protocol):
    """One recorded request: `simcord.HttpLogEntry` is one. `json` holds the `payload_json` of a multipart body."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def params(self) -> dict[str, Any]: ...
    @property
    def json(self) -> Any | None: ...


class Operation:
    """One method on one path template, with the validator of its body, compiled when first asked for."""

    def __init__(self, *, template: str, method: str, parameters: list[dict[str, Any]], body: dict[str, Any]) -> None:
        self.pattern = re.compile(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(template)) + r"\Z")
        self.literals = sum(not part.startswith("{") for part in template.split("/"))
        self.path_names = re.findall(r"\{(\w+)\}", template)
        self.path_schemas = {item["name"]: item["schema"] for item in parameters if item["in"] == "path"}
        self.query_names = {item["name"] for item in parameters if item["in"] == "query"}
        self.takes_body = bool(body)
        self.needs_body = bool(body.get("required"))
        self._content = _content_type(body)
        self._pointer = "/".join(("#", "paths", template.replace("~", "~0").replace("/", "~1"), method, "requestBody"))
        self._validator: Draft202012Validator | None = None

    def validator(self, registry: Registry[Any]) -> Draft202012Validator | None:
        """The body's validator, or None where the description does not say what the body holds."""
        if self._validator is None and self._content is not None:
            reference = f"{_DOCUMENT}{self._pointer}/content/{self._content.replace('/', '~1')}/schema"
            self._validator = Draft202012Validator({"$ref": reference}, registry=registry)
        return self._validator


class DiscordSchema:
    """Discord's description, ready to find the operation that a request means."""

    def __init__(self, document: dict[str, Any]) -> None:
        document["components"]["schemas"]["SnowflakeType"] = _id_as_string_or_integer()
        resource = Resource(contents=document, specification=DRAFT202012)
        self.registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
        self._values: dict[str, Draft202012Validator] = {}
        self._operations: dict[str, list[Operation]] = {}
        for template, item in document["paths"].items():
            for method in _METHODS & item.keys():
                operation = Operation(
                    template=template,
                    method=method,
                    parameters=[*item.get("parameters", ()), *item[method].get("parameters", ())],
                    body=item[method].get("requestBody", {}),
                )
                self._operations.setdefault(method, []).append(operation)

    def find(self, request: Request) -> tuple[Operation, dict[str, str]] | None:
        """The operation that the request means and the values in its path; the most literal template wins."""
        best: tuple[Operation, dict[str, str]] | None = None
        for operation in self._operations.get(request.method.lower(), ()):
            match = operation.pattern.match(request.path)
            if match and (best is None or operation.literals > best[0].literals):
                best = operation, dict(zip(operation.path_names, match.groups(), strict=True))
        return best

    def accepts(self, schema: Mapping[str, Any], value: Any) -> bool:
        """Whether a single value fits a schema that may refer to the description's components."""
        local = json.dumps(schema).replace('"#/', f'"{_DOCUMENT}#/')
        if local not in self._values:
            self._values[local] = Draft202012Validator(json.loads(local), registry=self.registry)
        return self._values[local].is_valid(value)


@pytest.fixture(scope="session")
def openapi() -> DiscordSchema | None:
    """Discord's description of its API, where the real data is; without it requests go unchecked."""
    return load_schema(_FILE) if _FILE.is_file() else None


def load_schema(path: Path) -> DiscordSchema:
    """Read Discord's OpenAPI description (3.1, JSON). Raises `OSError` where there is none."""
    return DiscordSchema(json.loads(path.read_text(encoding="utf-8")))


def validate_requests(requests: Iterable[Request], schema: DiscordSchema) -> list[str]:
    """One line for each thing that Discord's description does not allow; empty when all is well.

    Ids may be strings or integers: Discord takes both, and discord.py sends both.
    """
    return [
        f"request {number}, {request.method} {request.path}: {complaint}"
        for number, request in enumerate(requests, start=1)
        for complaint in _complaints(request, schema)
    ]


def _complaints(request: Request, schema: DiscordSchema) -> list[str]:
    found = schema.find(request)
    if found is None:
        return ["Discord has no such operation"]
    operation, values = found
    wrong = [
        f"{name} in the path may not be {value!r}"
        for name, value in values.items()
        if name in operation.path_schemas and not schema.accepts(operation.path_schemas[name], value)
    ]
    wrong += [f"there is no query parameter {name!r}" for name in sorted(request.params.keys() - operation.query_names)]
    return wrong + _body_complaints(request.json, operation, schema)


def _body_complaints(body: Any | None, operation: Operation, schema: DiscordSchema) -> list[str]:
    if body is None:
        return ["a body is required"] if operation.needs_body else []
    if not operation.takes_body:
        return ["no body is expected"]
    validator = operation.validator(schema.registry)
    errors = validator.iter_errors(body) if validator is not None else ()
    return [_sentence(_telling(error)) for error in errors]


def _telling(error: ValidationError) -> ValidationError:
    """The error that helps: inside a union, of the branch that the value's own `type` picks, else of the nearest."""
    while error.context:
        branches: dict[Any, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.relative_schema_path[0], []).append(inner)
        nearest = min(branches.values(), key=_distance)
        error = max(nearest, key=_depth)
    return error


def _distance(errors: list[ValidationError]) -> tuple[bool, int, int]:
    other_type = any(
        list(error.relative_path) == ["type"] or (error.validator == "type" and not error.relative_path)
        for error in errors
    )
    return other_type, -max(_depth(error) for error in errors), len(errors)


def _depth(error: ValidationError) -> int:
    return max([len(error.absolute_path), *(_depth(inner) for inner in error.context or ())])


def _sentence(error: ValidationError) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path).lstrip(".")
    value = json.dumps(error.instance, ensure_ascii=False, default=str)
    shown = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}… ({len(value)} characters)"
    if error.validator == "required":
        missing = [name for name in cast(list[str], error.validator_value) if name not in cast(Any, error.instance)]
        return f"{place or 'the body'} lacks {', '.join(missing)}: {shown}"
    if error.absolute_path and error.absolute_path[-1] == "type":
        return f"{place} may not be {shown} here"
    return f"{place or 'the body'} breaks {error.validator} {_limit(error.validator_value)}: {shown}"


def _limit(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _content_type(body: Mapping[str, Any]) -> str | None:
    content = body.get("content", {})
    return next((kind for kind in ("application/json", "multipart/form-data") if kind in content), None)


def _id_as_string_or_integer() -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer", "minimum": 0}]}
