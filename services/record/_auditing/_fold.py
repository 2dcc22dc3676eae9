"""A whole record, folded entry by entry: the tables as they should be, the rounds, and the issues' standings."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from deliberation.ballots.sums import Sum
from deliberation.codec import DataUnreadable, rules_from_data, ruling_to_data, standing_to_data
from deliberation.ids import RoundId, SeatId
from deliberation.record import EntryKind, Json, Stored, canonical
from deliberation.record.ledger import Ledger, Row
from deliberation.rounds import Entitlement
from deliberation.rules import Rules
from deliberation.rulings import rule
from deliberation.rulings.standings import Standing, Terms
from deliberation.rulings.tallies import count
from services.ports import FoundRow, Secret

from ._findings import Data, Findings, lines_of, whole
from ._gaps import Gaps
from ._rounds import RoundFold, known_position
from ._secrets import SecretsFold

_ROUND_OVER = (EntryKind.ROUND_CLOSED, EntryKind.ROUND_CANCELLED)


class RecordFold:
    """What the entries read so far say. `is_whole`: they cover every row."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._secrets = SecretsFold()
        self._rounds: dict[int, RoundFold] = {}
        self._old_rules: dict[int, Rules | None] = {}
        self._standings: dict[int, Standing] = {}
        self._terms: dict[int, Terms] = {}
        self.ledger = Ledger()
        self.gaps = Gaps()
        self.is_whole = False
        self.rulings = 0

    def read(self, entry: Stored, data: Data, secrets: Mapping[str, Secret]) -> RoundFold | None:
        """Take the next entry. Returns the round that ends with it, if any, which is to be compared with the tables
        now."""
        self._secrets.read(entry, data, secrets, self._findings)
        if entry.kind == EntryKind.STATE_ENTERED:
            self.ledger.clear()
        self.is_whole |= entry.kind == EntryKind.STATE_ENTERED or (
            entry.kind == EntryKind.COUNCIL_FOUNDED and "rows" in data
        )
        self.ledger.read(data)
        round_id = whole(data.get("round"))
        if entry.kind == EntryKind.REVIEW_OPENED:
            issue = whole(data.get("issue"))
            self._standings[issue] = self._standing(issue).reviewed()
        if not round_id:
            return None
        round_ = self._round(round_id, data)
        if entry.kind == EntryKind.ROUND_OPENED and "docket" in data:
            self._read_old_opening(round_, data)
        elif entry.kind in (EntryKind.BALLOTS_CAST, EntryKind.BALLOTS_BY_PROXY):
            self._entitle_old(round_, data)
            round_.cast(entry, data, secrets)
        elif entry.kind == EntryKind.REASON_GIVEN:
            round_.say(entry, data)
        elif entry.kind == EntryKind.ROUND_CLOSED:
            self._rule(round_, data)
        if entry.kind != EntryKind.BALLOTS_CAST and isinstance(data.get("sum"), str):
            round_.sum = str(data["sum"])
        if entry.kind not in _ROUND_OVER:
            return None
        round_.over = True
        return self._rounds.pop(round_id)

    def running(self) -> Iterable[RoundFold]:
        """The rounds that are not over according to the record: one at most, unless somebody altered it."""
        return self._rounds.values()

    def finish(self) -> None:
        """Everything is read: dispute missing secrets. A record that does not cover every row cannot say what is
        rightly gone."""
        if self.is_whole:
            self._secrets.finish(self._findings, self.gaps)

    def sum_of(self, round_: RoundFold) -> str | None:
        """What the round's ballots add up to; None where the record does not cover every entitled seat."""
        if round_.old:
            return None
        counted, entitled = Sum(), self._entitlements(round_)
        for one in entitled.values():
            counted.entitle(one)
        for (issue, seat), standing in round_.standing.items():
            if seat in entitled and (position := known_position(standing.position)) is not None:
                counted.move(issue, entitled[seat], before=None, now=position)  # pyright: ignore[reportArgumentType]
        return counted.text

    def check_standing(self, row: FoundRow) -> None:
        """Dispute an issue's row unless its standing is the one that its rounds have left."""
        expected = standing_to_data(self._standing(whole(row["id"])))
        found = {name: row[name] for name in expected}
        if found != expected:
            where = {"issue": whole(row["id"]), "number": whole(row["number"])}
            self._findings.dispute("standing", where, expected=_text(expected), found=found)

    def check_old_round(self, row: FoundRow) -> None:
        """Dispute a round's row unless it has the rules that an old opening entered, if there is one."""
        if row["id"] not in self._old_rules:
            return
        entered, found = self._old_rules[row["id"]], _rules(row["rules"])
        if found is None or found != entered:
            where = {"round": whole(row["number"])}
            self._findings.dispute("rules", where, expected="those with which it opened", found=row["rules"])

    @staticmethod
    def ruling_text(ruling: Json) -> str | None:
        """An entered ruling as the table stores it; plain text where it could never have been entered like this."""
        try:
            return None if ruling is None else canonical(ruling).decode()
        except (TypeError, ValueError):
            return _text(ruling)

    def _round(self, round_id: int, data: Data) -> RoundFold:
        round_ = self._rounds.setdefault(round_id, RoundFold(RoundId(round_id)))
        round_.number = whole(data.get("number")) or round_.number
        round_.old |= not self.is_whole
        return round_

    def _rule(self, round_: RoundFold, data: Data) -> None:
        """Take the rulings of a close, and dispute each one that does not follow from the ballots."""
        terms = self._terms_of(round_)
        entitled = {seat: (one.weight, one.veto) for seat, one in self._entitlements(round_).items()}
        for line in lines_of(data.get("rulings")):
            issue = whole(line.get("issue"))
            round_.rulings[issue] = line.get("ruling")
            self.rulings += 1
            if issue not in terms:
                where = {"round": round_.number, "issue": issue}
                self._findings.dispute("ruling", where, expected="rules and a docket", found="none that can be read")
                continue
            standing = self._standing(issue)
            if issue in self._terms:
                standing = standing.carried_over(self._terms[issue], terms[issue])
            recomputed = rule(standing, count(round_.ballots_on(issue, entitled)), terms[issue].rules)
            if line.get("ruling") != ruling_to_data(recomputed):
                where = {"round": round_.number, "issue": issue}
                expected, found = _text(ruling_to_data(recomputed)), _text(line.get("ruling"))
                self._findings.dispute("ruling", where, expected=expected, found=found)
            self._standings[issue], self._terms[issue] = recomputed.after, terms[issue]

    def _terms_of(self, round_: RoundFold) -> dict[int, Terms]:
        """The terms of the round for each issue on its docket."""
        row = self.ledger.rows("rounds").get((round_.id,), {})
        rules = _rules(row["rules"]) if "rules" in row else self._old_rules.get(round_.id)
        if rules is None:
            return {}
        docket = self.ledger.of_round("docket", round_.id).values()
        return {whole(line.get("issue")): Terms(rules, whole(line.get("version"))) for line in docket}

    def _entitlements(self, round_: RoundFold) -> dict[int, Entitlement]:
        rows = self.ledger.of_round("entitlements", round_.id).values()
        return {whole(row.get("seat")): _entitlement(round_.id, row) for row in rows}

    def _standing(self, issue: int) -> Standing:
        return self._standings.get(issue, Standing())

    def _read_old_opening(self, round_: RoundFold, data: Data) -> None:
        """Take an opening from before every row was entered: it listed rules, docket and seats."""
        try:
            self._old_rules[round_.id] = rules_from_data(data.get("rules"))
        except DataUnreadable:
            self._old_rules[round_.id] = None
        docket = [{**line, "round": round_.id} for line in lines_of(data.get("docket"))]
        seats = [{**line, "round": round_.id} for line in lines_of(data.get("entitled"))]
        self._take("docket", docket, ("issue", "number", "version"))
        self._take("entitlements", seats, ("seat", "weight", "veto"))

    def _entitle_old(self, round_: RoundFold, data: Data) -> None:
        """Take the seats that joined with a first ballot: before every row was entered, the ballot alone showed
        that."""
        if not round_.old or "rows" in data:
            return
        known = {whole(key[1]) for key in self.ledger.of_round("entitlements", round_.id)}
        seats = {whole(line.get("seat")) for line in lines_of(data.get("ballots"))} - known
        joined = [{"round": round_.id, "seat": seat, "weight": 1, "veto": False} for seat in sorted(seats)]
        self._take("entitlements", joined, ("seat", "weight", "veto"))

    def _take(self, table: str, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
        named = ["round", *columns]
        listed = [[row.get(name) for name in named] for row in rows]
        self.ledger.read({"rows": [{"table": table, "columns": named, "rows": listed}]})


def _entitlement(round_id: RoundId, row: Row) -> Entitlement:
    weight, veto = whole(row.get("weight")), row.get("veto") is True
    return Entitlement(round=round_id, seat=SeatId(whole(row.get("seat"))), weight=weight, veto=veto)


def _rules(text: Any) -> Rules | None:
    try:
        return rules_from_data(json.loads(text))
    except (DataUnreadable, RecursionError, TypeError, ValueError):
        return None


def _text(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
