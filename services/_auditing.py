"""Recomputing a council from its record: its chain, its ballots, its rulings and where its issues stand (PRODUCT §8).

The record is read from its first entry on, and the tables are held against it. What a round decided is computed anew
from the stored ballots and the round's frozen rules.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from deliberation import record
from deliberation.categories import Category
from deliberation.codec import DataUnreadable, rules_from_data, rules_to_data, ruling_to_data, standing_to_data
from deliberation.councils import Council
from deliberation.ids import IssueId, RoundId, SeatId
from deliberation.record import Entry, Head
from deliberation.rounds import Round, RoundStatus
from deliberation.rules import Rules
from deliberation.rulings import Ruling, rule
from deliberation.standings import Standing, Terms
from deliberation.tallies import count

from ._record import WITHDRAWN
from .ports import BallotKey, UnitOfWork
from .views import Fault

_CASTING = ("ballots cast", "ballots by proxy")
"""Kinds of entries that say which ballots stand."""

Found = tuple[str, int]
"""A ballot as the record or the table has it: its position and the version of the text."""


class CouncilAudit:
    """One council's audit: `faults` after `run`, and how much was recomputed."""

    def __init__(self, uow: UnitOfWork, council: Council) -> None:
        self._uow = uow
        self._council = council
        self._rounds: dict[RoundId, Round] = {}
        self._standings: dict[IssueId, Standing] = {}
        self._terms: dict[IssueId, Terms] = {}
        self.faults: list[Fault] = []
        self.entries = self.ballots = self.rulings = 0

    async def run(self) -> None:
        """Recompute everything, and name every difference."""
        entries = await self._uow.record.entries(self._council.id)
        self.entries = len(entries)
        self._check_chain(entries, Head(*await self._uow.record.head(self._council.id)))
        self._rounds = {round_.id: round_ for round_ in await self._uow.rounds.list_in(self._council.id)}
        await self._check_ballots(entries)
        for entry in entries:
            await self._replay(entry)
        await self._check_standings()

    def _check_chain(self, entries: Sequence[Entry], head: Head) -> None:
        for fault in record.verify(entries, self._council.id, end=head):
            self._dispute("entry", {"index": fault.index}, expected="as it was entered", found=fault.what)

    async def _check_ballots(self, entries: Sequence[Entry]) -> None:
        """The stored ballots are the ones last entered: none altered, none missing, none added."""
        entered = _entered_ballots(entries, await self._opened(entries))
        stored: dict[BallotKey, Found] = {}
        for round_id in self._rounds:
            for ballot in await self._uow.ballots.of_round(round_id):
                stored[ballot.round, ballot.issue, ballot.seat] = (ballot.position.value, ballot.version)
        self.ballots = len(stored)
        for key in sorted(entered.keys() | stored.keys()):
            if entered.get(key) != stored.get(key):
                where = {"round": self._number(key[0]), "issue": key[1], "seat": key[2]}
                self._dispute("ballot", where, expected=_ballot_text(entered, key), found=_ballot_text(stored, key))

    async def _opened(self, entries: Sequence[Entry]) -> Mapping[str, str]:
        """What the commitments to secret ballots hold."""
        lines = [line for entry in entries if entry.kind in _CASTING for line in _lines(entry.data.get("ballots"))]
        commitments = [str(line["ballot"]) for line in lines if "ballot" in line]
        kept = await self._uow.record.secrets(commitments)
        return {
            commitment: secret.value
            for commitment, secret in kept.items()
            if record.opens(commitment, secret.salt, secret.value, "ballot")
        }

    async def _replay(self, entry: Entry) -> None:
        if entry.kind == "review opened":
            issue = IssueId(_whole(entry.data.get("issue")))
            self._standings[issue] = self._standing(issue).reviewed()
        elif entry.kind == "round opened":
            self._check_rules(entry)
        elif entry.kind == "round closed":
            await self._check_rulings(entry)

    def _check_rules(self, entry: Entry) -> None:
        """The rules that the round keeps are those that were entered when it opened."""
        round_ = self._rounds.get(RoundId(_whole(entry.data.get("round"))))
        if round_ is None:
            self._dispute("round", {"index": entry.index}, expected="a stored round", found="none")
        elif round_.rules != _entered_rules(entry):
            where = {"round": round_.number}
            found = _text(rules_to_data(round_.rules))
            self._dispute("rules", where, expected=_text(entry.data.get("rules")), found=found)

    async def _check_rulings(self, entry: Entry) -> None:
        """Each ruling: as entered, as stored, and as it follows from the stored ballots."""
        round_ = self._rounds.get(RoundId(_whole(entry.data.get("round"))))
        if round_ is None:
            return
        stored = await self._stored_rulings(round_)
        versions = {line.issue: line.version for line in (await self._uow.rounds.docket([round_.id]))[round_.id]}
        lines = _lines(entry.data.get("rulings"))
        entered = {IssueId(_whole(line.get("issue"))): line.get("ruling") for line in lines}
        for issue in sorted(entered.keys() | stored.keys()):
            self.rulings += 1
            terms = Terms(round_.rules, versions.get(issue, 0))
            recomputed = await self._recomputed(round_, issue, terms)
            where = {"round": round_.number, "issue": issue}
            found = ruling_to_data(stored[issue]) if issue in stored else None
            if found != entered.get(issue):
                self._dispute("ruling", where, expected=_text(entered.get(issue)), found=_text(found))
            elif found != ruling_to_data(recomputed):
                expected = _text(ruling_to_data(recomputed))
                self._dispute("ruling", where, expected=expected, found=_text(found))
            self._standings[issue] = recomputed.after
            self._terms[issue] = terms

    async def _stored_rulings(self, round_: Round) -> dict[IssueId, Ruling]:
        """None where one of them was altered so that it can no longer be read: each is then disputed as missing."""
        try:
            return await self._uow.rulings.of_round(round_.id)
        except (DataUnreadable, ValueError):
            return {}

    async def _recomputed(self, round_: Round, issue: IssueId, terms: Terms) -> Ruling:
        standing = self._standing(issue)
        if issue in self._terms:
            standing = standing.carried_over(self._terms[issue], terms)
        ballots = await self._uow.ballots.of_issue(round_.id, issue)
        return rule(standing, count(ballots), round_.rules)

    async def _check_standings(self) -> None:
        for issue in await self._uow.issues.list_in(self._council.id):
            expected = self._standing(issue.id)
            if issue.standing != expected:
                found = _text(standing_to_data(issue.standing))
                where = {"issue": issue.id, "number": issue.number}
                self._dispute("standing", where, expected=_text(standing_to_data(expected)), found=found)
        for round_ in self._rounds.values():
            ruled = await self._stored_rulings(round_)
            if ruled and round_.status is not RoundStatus.CLOSED:
                self._dispute("round", {"round": round_.number}, expected="closed", found=round_.status.value)

    def _standing(self, issue: IssueId) -> Standing:
        return self._standings.get(issue, Standing(category=Category.INDEPENDENT))

    def _number(self, round_id: RoundId) -> int:
        return self._rounds[round_id].number if round_id in self._rounds else 0

    def _dispute(self, what: str, where: Mapping[str, int], *, expected: str, found: str) -> None:
        self.faults.append(
            Fault(council=self._council.name, what=what, where=dict(where), expected=expected, found=found)
        )


def _entered_rules(entry: Entry) -> Rules | None:
    """The rules with which a round opened, also those that an earlier version of the program wrote down."""
    try:
        return rules_from_data(entry.data.get("rules"))
    except DataUnreadable:
        return None


def _entered_ballots(entries: Sequence[Entry], opened: Mapping[str, str]) -> dict[BallotKey, Found]:
    """What the record says stands: the last position entered of each seat on each issue of each round. `opened`: what
    the commitments to secret ballots hold."""
    standing: dict[BallotKey, Found] = {}
    for entry in entries:
        if entry.kind not in _CASTING:
            continue
        round_id = RoundId(_whole(entry.data.get("round")))
        for line in _lines(entry.data.get("ballots")):
            key = (round_id, IssueId(_whole(line.get("issue"))), SeatId(_whole(line.get("seat"))))
            position = line.get("position")
            if "ballot" in line:
                position = opened.get(str(line["ballot"]), "unreadable")
            if position in (None, WITHDRAWN):
                standing.pop(key, None)
            else:
                standing[key] = (str(position), _whole(line.get("version")))
    return standing


def _ballot_text(ballots: Mapping[BallotKey, Found], key: BallotKey) -> str:
    if key not in ballots:
        return "no ballot"
    position, version = ballots[key]
    return f"{position} on version {version}"


def _whole(value: object) -> int:
    """An id in an entry; 0 where somebody has put something else there, which the chain's check has named."""
    return value if isinstance(value, int) else 0


def _lines(value: object) -> list[dict[str, Any]]:
    return [line for line in value if isinstance(line, dict)] if isinstance(value, list) else []


def _text(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
