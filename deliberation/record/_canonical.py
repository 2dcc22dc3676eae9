"""Canonical text, hashes, and commitments to what may be erased."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal, cast

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Label = Literal["person", "text", "ballot", "sum"]

COMMITMENT_FORMAT = "comity-commitment/1"
LEAST_SALT = 16
GREATEST = 2**53 - 1
"""The greatest integer that every language reads exactly."""
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def commit(salt: bytes, value: str, label: Label) -> str:
    """A commitment to `value`, which reveals nothing to anyone who lacks the salt.

    The salt must be random, different for each value, and at least 16 bytes long. Raises ValueError for a shorter one.
    """
    if len(salt) < LEAST_SALT:
        raise ValueError("a salt has at least 16 bytes")
    return hash_of({"format": COMMITMENT_FORMAT, "label": label, "salt": salt.hex(), "value": value})


def opens(commitment: str, salt: bytes, value: str, label: Label) -> bool:
    """Whether this salt, value and label are what was committed to."""
    return commit(salt, value, label) == commitment


def canonical(value: Json) -> bytes:
    """The value's canonical text. Raises TypeError for a type that has none, ValueError for a value that has none."""
    _check(value)
    return _encode(value).encode()


def instant_text(at: datetime) -> str:
    """The instant as entries and their data write it, "2026-01-05T18:00:00.000000Z". Raises ValueError if it is
    naive."""
    if at.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def hash_of(value: Json) -> str:
    """The hash of the value's canonical text, in hexadecimal digits. Raises as `canonical`."""
    return sha256(canonical(value)).hexdigest()


def _check(value: object) -> None:
    # Every ballot passes here, so the most common types are checked first.
    if isinstance(value, str) or value is None:
        return
    if isinstance(value, int):
        if not -GREATEST <= value <= GREATEST:
            raise ValueError("an integer of the record lies within 2^53, so that every language reads it")
    elif isinstance(value, dict):
        for key, inner in cast(dict[object, object], value).items():
            if not isinstance(key, str):
                raise TypeError("a key of the record is a string")
            if not key.isascii():
                raise ValueError("a key of the record is ASCII, so that every language sorts it alike")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in cast(Sequence[object], value):
            _check(inner)
    else:
        raise TypeError(f"the record holds no {type(value).__name__}")
