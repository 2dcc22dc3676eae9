"""What is kept about one person besides ballots' histories and the record: a query for each section of its export."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Executable, and_, or_, select, text, union

from deliberation.ids import PersonId, SeatId
from storage import tables

_SEATS, _ISSUES, _ROUNDS, _BALLOTS = tables.seats, tables.issues, tables.rounds, tables.ballots
_NUMBER = _ISSUES.c.number.label("issue")
_ROUND = _ROUNDS.c.number.label("round")


def councils_of(person: PersonId) -> CompoundSelect[Any]:
    """The ids of every council that keeps something about the person; 0 stands for one that is being founded."""
    holders, versions, drafts, barred = tables.seat_holders, tables.issue_versions, tables.drafts, tables.barred
    secrets = tables.record_secrets
    held = select(_SEATS.c.council).join(holders, holders.c.seat == _SEATS.c.id).where(holders.c.person == person)
    proposed = select(_ISSUES.c.council).where(_ISSUES.c.proposer == person)
    written = select(_ISSUES.c.council).join(versions, versions.c.issue == _ISSUES.c.id)
    drafted = select(drafts.c.council).where(drafts.c.person == person)
    kept_out = select(barred.c.council).where(barred.c.person == person)
    # Written out as in the index, which SQLite would not use for a parameter.
    of_person = text("record_secrets.label = 'person'")
    entered = select(secrets.c.council).where(secrets.c.value == str(person), of_person)
    return union(held, proposed, written.where(versions.c.author == person), drafted, kept_out, entered)


def kept_sections(person: PersonId, own: Sequence[SeatId]) -> dict[str, Executable]:
    """The sections in the order in which they are read; `own`: the seats that were the person's alone."""
    return {
        "councils": _councils(person),
        "seats": _held(person),
        "rounds": _rounds(own),
        "ballots": _ballots(own),
        "reasons": _reasons(own),
        "issues": _issues(person),
        "wordings": _wordings(person),
        "seconds": _seconds(own),
        "proxies": _proxies(own),
        "roll_calls": _roll_calls(own),
        "bars": _bars(person),
        "drafts": _drafts(person),
        "preferences": _preferences(person),
    }


def _councils(person: PersonId) -> Executable:
    councils = tables.councils
    columns = (councils.c.id.label("council"), councils.c.name, councils.c.guild, councils.c.channel)
    named = select(*columns, councils.c.closed_at).where(councils.c.id.in_(councils_of(person)))
    return named.order_by(councils.c.id)


def _held(person: PersonId) -> Executable:
    holders = tables.seat_holders
    of_seat = (_SEATS.c.council, _SEATS.c.id.label("seat"), _SEATS.c.name, _SEATS.c.kind, _SEATS.c.country)
    powers = (_SEATS.c.weight, _SEATS.c.veto, _SEATS.c.observer, _SEATS.c.may_abstain)
    held = select(*of_seat, *powers, holders.c.since, holders.c.until, holders.c.salt).join(
        holders, holders.c.seat == _SEATS.c.id
    )
    return held.where(holders.c.person == person).order_by(holders.c.id)


def _rounds(own: Sequence[SeatId]) -> Executable:
    entitled = tables.entitlements
    return (
        select(_ROUNDS.c.council, _ROUND, entitled.c.seat, entitled.c.weight, entitled.c.veto, entitled.c.may_abstain)
        .select_from(_SEATS.join(_ROUNDS, _ROUNDS.c.council == _SEATS.c.council))
        .join(entitled, and_(entitled.c.round == _ROUNDS.c.id, entitled.c.seat == _SEATS.c.id))
        .where(_SEATS.c.id.in_(own))
        .order_by(_ROUNDS.c.id, entitled.c.seat)
    )


def _ballots(own: Sequence[SeatId]) -> Executable:
    as_cast = (_BALLOTS.c.position, _BALLOTS.c.version, _BALLOTS.c.cast_at, _BALLOTS.c.proxy.label("by_proxy_of"))
    return (
        select(_ROUNDS.c.council, _ROUND, _NUMBER, _BALLOTS.c.seat, *as_cast)
        .select_from(_SEATS.join(_ROUNDS, _ROUNDS.c.council == _SEATS.c.council))
        .join(_BALLOTS, and_(_BALLOTS.c.round == _ROUNDS.c.id, _BALLOTS.c.seat == _SEATS.c.id))
        .join(_ISSUES, _ISSUES.c.id == _BALLOTS.c.issue)
        .where(_SEATS.c.id.in_(own))
        .order_by(_ROUNDS.c.id, _ISSUES.c.number)
    )


def _reasons(own: Sequence[SeatId]) -> Executable:
    reasons = tables.reasons
    return (
        select(_ISSUES.c.council, _ROUND, _NUMBER, reasons.c.seat, reasons.c.position, reasons.c.text)
        .add_columns(reasons.c.given_at)
        .select_from(_SEATS.join(_ISSUES, _ISSUES.c.council == _SEATS.c.council))
        .join(reasons, and_(reasons.c.issue == _ISSUES.c.id, reasons.c.seat == _SEATS.c.id))
        .join(_ROUNDS, _ROUNDS.c.id == reasons.c.round)
        .where(_SEATS.c.id.in_(own))
        .order_by(_ISSUES.c.id, reasons.c.given_at)
    )


def _issues(person: PersonId) -> Executable:
    standing = (_ISSUES.c.version, _ISSUES.c.status, _ISSUES.c.category, _ISSUES.c.proposed_at, _ISSUES.c.withdrawn_at)
    proposed = select(_ISSUES.c.council, _NUMBER, *standing, _ISSUES.c.salt).where(_ISSUES.c.proposer == person)
    return proposed.order_by(_ISSUES.c.id)


def _wordings(person: PersonId) -> Executable:
    versions = tables.issue_versions
    texts = (versions.c.version, versions.c.title, versions.c.action, versions.c.why, versions.c.written_at)
    texts = (*texts, versions.c.salt)
    written = select(_ISSUES.c.council, _NUMBER, *texts).join(versions, versions.c.issue == _ISSUES.c.id)
    return written.where(versions.c.author == person).order_by(_ISSUES.c.id, versions.c.version)


def _seconds(own: Sequence[SeatId]) -> Executable:
    seconds = tables.issue_seconds
    return (
        select(_ISSUES.c.council, _NUMBER, seconds.c.seat, seconds.c.at)
        .select_from(_SEATS.join(_ISSUES, _ISSUES.c.council == _SEATS.c.council))
        .join(seconds, and_(seconds.c.issue == _ISSUES.c.id, seconds.c.seat == _SEATS.c.id))
        .where(_SEATS.c.id.in_(own))
        .order_by(_ISSUES.c.id)
    )


def _proxies(own: Sequence[SeatId]) -> Executable:
    """Those that the seats gave and those that were given to them. `issue` is null for a round."""
    proxies = tables.proxies
    about = _ISSUES.c.id == proxies.c.issue
    given = select(proxies.c.council, proxies.c.seat, proxies.c.proxy, _NUMBER, proxies.c.given_at)
    theirs = or_(proxies.c.seat.in_(own), proxies.c.proxy.in_(own))
    of_council = proxies.c.council.in_(select(_SEATS.c.council).where(_SEATS.c.id.in_(own)))
    return given.select_from(proxies.outerjoin(_ISSUES, about)).where(of_council, theirs).order_by(proxies.c.given_at)


def _roll_calls(own: Sequence[SeatId]) -> Executable:
    answers = tables.roll_call_answers
    answered = select(answers.c.council, answers.c.seat, answers.c.presence, answers.c.at)
    own_answers = and_(answers.c.council == _SEATS.c.council, answers.c.seat == _SEATS.c.id)
    return answered.select_from(_SEATS.join(answers, own_answers)).where(_SEATS.c.id.in_(own)).order_by(answers.c.at)


def _bars(person: PersonId) -> Executable:
    barred = tables.barred
    return (
        select(barred.c.council, barred.c.at, barred.c.salt).where(barred.c.person == person).order_by(barred.c.council)
    )


def _drafts(person: PersonId) -> Executable:
    drafts = tables.drafts
    typed = select(drafts.c.council, drafts.c.kind, drafts.c.subject, drafts.c.typed, drafts.c.at)
    return typed.where(drafts.c.person == person).order_by(drafts.c.at)


def _preferences(person: PersonId) -> Executable:
    people = tables.people
    return select(people.c.language, people.c.reminders, people.c.changed_at).where(people.c.person == person)
