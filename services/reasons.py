"""Reasons: reading why seats vote as they do."""

from deliberation.ids import ChannelId, IssueId

from ._access import council_in, issue_numbered
from ._showing import reasons_view
from .ports import Store
from .views import ReasonsView


class ReasonService:
    """What members intend with the reasons of others."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def list_of(self, channel: ChannelId, number: int) -> ReasonsView:
        """The reasons on the channel's issue of that number. Raises NoCouncil or NoSuchIssue."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            return await reasons_view(uow, council, await issue_numbered(uow, council.id, number))

    async def of_issue(self, issue: IssueId) -> ReasonsView:
        """The reasons on an issue. Raises LookupError."""
        async with self._store.read() as uow:
            found = await uow.issues.get(issue)
            return await reasons_view(uow, await uow.councils.get(found.council), found)
