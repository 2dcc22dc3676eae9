"""The record: one append-only chain of entries per council, in which each entry seals all before it.

Anybody can recompute it, in any language, from the entries alone:

- *Canonical text* of a value is its JSON in UTF-8 as RFC 8785 writes it: no spaces; keys in ascending order; in
  strings only `"`, `\\` and characters below U+0020 are escaped (`\\b \\t \\n \\f \\r`, else `\\u00xx` in lower case).
  Values are strings, integers from -(2^53-1) to 2^53-1, true, false, null, arrays and objects; keys are ASCII.
  There are no other numbers.
- *Hash* is SHA-256, written as 64 lower-case hexadecimal digits.
- *Genesis*, the head of a council's empty record, is the hash of the canonical text of
  `{"council": <id>, "format": "comity-record/1"}`.
- An entry's `digest` is the hash of the canonical text of
  `{"at": …, "council": <id>, "data": …, "format": "comity-record/1", "index": …, "kind": …, "previous": …}`.
  `index` counts from 1; `at` is UTC with six decimals, "2026-01-05T18:00:00.000000Z"; `previous` is the digest of
  the entry before, and genesis for the first. The *head* of a record is its last entry's index and digest.
- A *commitment* is the hash of the canonical text of
  `{"format": "comity-commitment/1", "label": "person", "text", "ballot" or "sum", "salt": <hexadecimal>,
  "value": …}`.
- The *register* has a line for each council, in the order of their founding: its id, the digest of its record's first
  entry, and `previous`, the hash of the canonical text of the line before with `"format": "comity-register/1"`, which
  is "" in the first. A council that is gone from the database still stands there.

Entries hold ids of seats, issues and rounds, and commitments to people and texts, whose salts and values are stored
elsewhere. Once those are erased, the chain is still sound, and nobody can find out what was committed to.
"""

from ._canonical import (
    COMMITMENT_FORMAT,
    GREATEST,
    LEAST_SALT,
    Json,
    Label,
    canonical,
    commit,
    hash_of,
    instant_text,
    opens,
)
from ._chain import (
    RECORD_FORMAT,
    REGISTER_FORMAT,
    Chain,
    Entry,
    Event,
    Fault,
    Head,
    HeadUnreadable,
    Registered,
    Stored,
    What,
    append,
    append_all,
    genesis,
    read_head,
    verify,
)
from ._kinds import EntryKind

__all__ = [
    "COMMITMENT_FORMAT",
    "GREATEST",
    "LEAST_SALT",
    "RECORD_FORMAT",
    "REGISTER_FORMAT",
    "Chain",
    "Entry",
    "EntryKind",
    "Event",
    "Fault",
    "Head",
    "HeadUnreadable",
    "Json",
    "Label",
    "Registered",
    "Stored",
    "What",
    "append",
    "append_all",
    "canonical",
    "commit",
    "genesis",
    "hash_of",
    "instant_text",
    "opens",
    "read_head",
    "verify",
]
