"""The audit: everything official, recomputed from what is stored."""

from ._auditing import CouncilAudit
from .ports import Store
from .views import Fault, VerifyReport


class AuditService:
    """What somebody intends who wants to know whether the votes can be trusted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def verify(self) -> VerifyReport:
        """Recompute every council's chain, ballots and rulings, and name whatever differs."""
        entries = ballots = rulings = 0
        faults: list[Fault] = []
        async with self._store.read() as uow:
            councils = await uow.councils.list_all()
            for council in councils:
                audit = CouncilAudit(uow, council)
                await audit.run()
                entries += audit.entries
                ballots += audit.ballots
                rulings += audit.rulings
                faults.extend(audit.faults)
        return VerifyReport(
            councils=len(councils), entries=entries, ballots=ballots, rulings=rulings, faults=tuple(faults)
        )
