"""The audit: everything official, recomputed from what is stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deliberation.ids import CouncilId
from deliberation.record import Head, Registered
from services.ports import Store, UnitOfWork

from ._auditing import CouncilAudit, enter_state, is_whole
from .views import Fault, VerifyReport

_REGISTER = "the register"


class AuditService:
    """What anyone intends who wants to know whether the votes can be trusted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def enter_states(self) -> int:
        """Enter the whole state of every council whose record does not cover every row yet; returns how many there
        were.

        Done once, when a new version starts, before anything else. Another process may do it at the same time.
        """
        async with self._store.read() as uow:
            councils = await _unregistered(uow)
        for council in councils:
            async with self._store.write() as uow:
                await uow.councils.lock(council)
                if council in await _unregistered(uow):
                    await enter_state(uow, council)
                    await _register(uow, council)
                    await uow.commit()
        return len(councils)

    async def verify(self, heads: Sequence[Head] = ()) -> VerifyReport:
        """Recompute every council's chain, rows, ballots and rulings, and report every difference; also each of
        `heads`, saved by somebody earlier, that is neither in a record nor in the register."""
        async with self._store.read() as uow:
            councils = await uow.audit.councils()
            audits = {council: CouncilAudit(uow, council, name) for council, name in councils.items()}
            for audit in audits.values():
                await audit.run()
            register = await uow.audit.registered()
            kept = {head: await _whose(uow, head, audits.values(), register) for head in heads}
        faults = [fault for audit in audits.values() for fault in audit.faults]
        return VerifyReport(
            councils=len(audits),
            entries=sum(audit.entries for audit in audits.values()),
            ballots=sum(audit.ballots for audit in audits.values()),
            rulings=sum(audit.rulings for audit in audits.values()),
            faults=(*faults, *_register_faults(register, audits), *(_lost(head) for head in kept if not kept[head])),
            more=sum(audit.more for audit in audits.values()),
            register=Head(len(register), register[-1].sealed) if register else None,
            kept=kept,
        )


async def _unregistered(uow: UnitOfWork) -> tuple[CouncilId, ...]:
    """The councils that are not in the register because their records do not cover every row yet."""
    registered = {line.council for line in await uow.audit.registered()}
    others = [council for council in await uow.audit.councils() if council not in registered]
    return tuple([council for council in others if not await is_whole(uow, council)])


async def _register(uow: UnitOfWork, council: CouncilId) -> None:
    """Add the council to the register, with its record's first entry."""
    async for entry in uow.audit.entries(council):
        await uow.record.register(council, entry.digest)
        break


def _register_faults(register: Sequence[Registered], audits: Mapping[CouncilId, CouncilAudit]) -> Iterator[Fault]:
    """The faults of the register: every council must be in it with its record's first entry, and each line must follow
    the one before."""
    previous = ""
    for number, line in enumerate(register, start=1):
        audit = audits.get(line.council)
        if line.previous != previous:
            yield _line_fault(number, expected="a line that follows the one before", found="another")
        if audit is None or audit.first != line.digest:
            found = "none" if audit is None or audit.first is None else "another first entry"
            yield _line_fault(number, expected=f"the record of council {line.council}", found=found)
        previous = line.sealed
    for council in sorted(audits.keys() - {line.council for line in register}):
        if audits[council].is_whole:
            yield _line_fault(len(register) + 1, expected=f"council {council}", found="no such line")


async def _whose(uow: UnitOfWork, head: Head, audits: Iterable[CouncilAudit], register: Sequence[Registered]) -> str:
    """The name of the council whose record has the head, or that of the register; "" where neither has it."""
    for audit in audits:
        entry = await uow.audit.entry(audit.council, head.index)
        if entry is not None and entry.digest == head.digest:
            return audit.name
    line = register[head.index - 1] if 0 < head.index <= len(register) else None
    return _REGISTER if line is not None and line.sealed == head.digest else ""


def _lost(head: Head) -> Fault:
    where = {"entry": head.index}
    return Fault(council="a head that was kept", what="head", where=where, expected=head.digest, found="no such entry")


def _line_fault(number: int, *, expected: str, found: str) -> Fault:
    return Fault(council=_REGISTER, what="register", where={"line": number}, expected=expected, found=found)
