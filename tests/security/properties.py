"""What must hold of everything that the bot sends, and of every change that somebody makes, whatever was sent to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cogs.showing.checking import check_message
from tests.security.assembly import Dump
from tests.security.hostile import SNOWFLAKE
from tests.security.payloads import Person, parts

_LIVE = {
    "a mention": re.compile(rf"(?<!\\)<[^<>]*{SNOWFLAKE}>|(?<!\\)<t:666|(?<!\\)<id:|@everyone|@here"),
    "a link": re.compile(r"(?i)(?<!\\)\]\((?!https://discord\.com/channels/)|https?://(?!discord\.com/channels/)"),
    "formatting": re.compile(
        r"(?<![\\*])\*\*BOLDED|(?<!\\)__UNDER|(?<!\\)~~STRUCK|(?<!\\)\|\|SPOILED|(?<!\\)`CODED|(?<!\\)```"
    ),
    "a block": re.compile(r"(?m)^\s*(#{1,3}|-#|[-*+]|>{1,3}|\d+\.)\s+HOSTILE"),
    "a control character": re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2028\u2029\ud800-\udfff]"),
    "piled-up marks": re.compile("[\u0300-\u036f]{9}"),
}


def faults(method: str, path: str, body: Any) -> Iterator[str]:
    """Whatever is wrong with a request: Discord would refuse it, somebody is pinged, or what was typed takes effect."""
    if not isinstance(body, Mapping) or method not in ("POST", "PATCH"):
        return
    json.dumps(body, ensure_ascii=False).encode()
    yield from check_message(body)
    if body.get("type") == 8:
        return
    data = body.get("data") or body
    if "components" in data and body.get("type") != 9:
        yield from _pings(path, data)
    for part in parts(data):
        if part["type"] == 10:
            yield from _live(part["content"])


def _pings(path: str, data: Mapping[str, Any]) -> Iterator[str]:
    allowed = data.get("allowed_mentions")
    if allowed is None or allowed.get("parse"):
        yield f"mentions are left to Discord: {allowed}"
    elif not path.startswith("/channels/") and (allowed.get("users") or allowed.get("roles")):
        yield f"an answer pings: {allowed}"
    elif allowed.get("roles") or SNOWFLAKE in map(str, allowed.get("users", ())):
        yield f"a post pings: {allowed}"


def _live(text: str) -> Iterator[str]:
    for what, expression in _LIVE.items():
        if match := expression.search(text):
            yield f"{what} takes effect: {text[max(0, match.start() - 30) : match.end() + 30]!r}"
    if sum(map(text.count, "\u2066\u2067\u2068")) != text.count("\u2069"):
        yield f"the direction is left turned: {text!r}"


_NAMING = {
    "seat_holders": "person",
    "ballot_events": "person",
    "barred": "person",
    "drafts": "person",
    "people": "person",
    "issues": "proposer",
    "issue_versions": "author",
}
"""The tables whose rows name a person, and where; a pseudonym is a number below 0."""


class Rights:
    """What one person may change in one council, as the database was before."""

    def __init__(self, person: Person, council: int | None, before: Dump, *, chairs: bool) -> None:
        self._person, self._council, self._chairs = person.id, council, chairs
        self._sets_up = person.manages and council is None
        self._seats = {row[0]: row[1] for row in before["seats"]}
        self._issues = {row[0]: row[1] for row in before["issues"]}
        self._rounds = {row[0]: row[1] for row in before["rounds"]}
        self._own: set[int] = set()

    def breaches(self, changed: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
        """Every changed row that the person had no right to."""
        # A seat of one's own that was taken just now is one's own.
        taken = {row["seat"] for table, row in changed if table == "seat_holders" and row["person"] == self._person}
        erasing = _is_erasure(changed)
        for table, row in changed:
            allowed = self._may_erase(table, row, changed) if erasing else self._may(table, row, taken, changed)
            if not allowed:
                yield f"{table} {row} by {self._person} in {self._council}"

    def hold(self, seats: set[int]) -> None:
        """These are the person's own, at present or before."""
        self._own = seats

    def _may_erase(self, table: str, row: dict[str, Any], changed: list[tuple[str, dict[str, Any]]]) -> bool:
        """Whoever erases itself may do so in every council, and to nobody else: each row that now names a pseudonym
        named this person before, and the person's rows are the only ones that go."""
        if table in ("record_secrets", "sqlite_sequence", "recognised"):
            return True
        if table in _NAMING:
            named = row[_NAMING[table]]
            return named == self._person or (named < 0 and self._person in _named_before(table, row, changed))
        if table in ("seats", "reasons"):
            return row["id" if table == "seats" else "seat"] in self._own
        touched = {self._seats.get(seat) for seat in self._own} | self._told_of(changed)
        return table in ("posts", "record_entries", "record_heads") and row["council"] in touched

    def _told_of(self, changed: list[tuple[str, dict[str, Any]]]) -> set[int]:
        """The councils whose record named the person until now: as who proposed, say, or as a chair."""
        told = [row for table, row in changed if table == "record_secrets" and row["label"] == "person"]
        return {row["council"] for row in told if row["value"] == str(self._person)}

    def _may(self, table: str, row: dict[str, Any], taken: set[int], changed: list[tuple[str, dict[str, Any]]]) -> bool:
        if table in ("record_secrets", "sqlite_sequence"):
            return True
        if table in ("drafts", "people"):
            return row["person"] == self._person
        if self._sets_up and table != "messages":
            return all(other["channel"] != 0 for name, other in changed if name == "councils")
        if self._council_of(table, row) != self._council:
            return False
        if table in ("posts", "messages", "record_entries", "record_heads"):
            return True
        own = self._own | taken
        if table in ("ballot_events", "reasons") or (table == "ballots" and not row["proxy"]):
            return row["seat"] in own  # A chair votes and speaks for nobody else either.
        if self._chairs:
            return True
        match table:
            case "ballots" | "entitlements" | "roll_call_answers" | "proxies":
                return row["seat"] in own
            case "sums":
                return any(name == "ballots" and each["seat"] in own for name, each in changed)
            case "issue_seconds":
                return row["seat"] in own or _is_reviewed(row["issue"], changed)
            case "seats":
                return row["id"] in own
            case "seat_holders":
                return row["person"] == self._person
            case "issues":
                return row["proposer"] == self._person or _only_standing(row["id"], changed)
            case "issue_versions":
                return row["author"] == self._person
        return False

    def _council_of(self, table: str, row: dict[str, Any]) -> int | None:
        if table == "councils":
            return row["id"]
        if "council" in row:
            return row["council"]
        for name, known in (("round", self._rounds), ("issue", self._issues), ("seat", self._seats)):
            if name in row:
                # One that was made just now belongs where it was made: its own row says so.
                return known.get(row[name], self._council)
        return self._council


def _is_erasure(changed: list[tuple[str, dict[str, Any]]]) -> bool:
    """Whether a pseudonym came up, or somebody to be recognised by a fingerprint."""
    return any(table == "recognised" or (table in _NAMING and row[_NAMING[table]] < 0) for table, row in changed)


def _named_before(table: str, row: dict[str, Any], changed: list[tuple[str, dict[str, Any]]]) -> set[int]:
    """Whom the row of the same key named before it named a pseudonym."""
    keys = ("issue", "version") if table == "issue_versions" else ("id",)
    same = [each for name, each in changed if name == table and all(each[key] == row[key] for key in keys)]
    return {each[_NAMING[table]] for each in same if each[_NAMING[table]] >= 0}


def _is_reviewed(issue: int, changed: list[tuple[str, dict[str, Any]]]) -> bool:
    return any(table == "issues" and row["id"] == issue and row["under_review"] for table, row in changed)


def _only_standing(issue: int, changed: list[tuple[str, dict[str, Any]]]) -> bool:
    """Whether nothing but the review of an issue came about, as the last second that it needs brings it."""
    rows = [row for table, row in changed if table == "issues" and row["id"] == issue]
    keep = {"under_review", "wavering", "sustained"}
    return len(rows) == 2 and {k: v for k, v in rows[0].items() if k not in keep} == {
        k: v for k, v in rows[1].items() if k not in keep
    }
