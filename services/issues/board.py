"""The order at a glance: the board of every issue (PRODUCT §8)."""

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, CouncilId
from deliberation.issues import IssueStatus
from services.ports import PostKind, Store, UnitOfWork
from services.transactions import chaired_council, council_in

from .views import BoardLine, BoardView


class BoardService:
    """What members intend with the order as a whole."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def board(self, channel: ChannelId) -> BoardView:
        """Every issue under discussion, the highest category first. Raises NoCouncil."""
        async with self._store.read() as uow:
            return await _board(uow, await council_in(uow, channel))

    async def board_of(self, council: CouncilId) -> BoardView:
        """The same, for the board that is posted in the channel. Raises LookupError."""
        async with self._store.read() as uow:
            return await _board(uow, await uow.councils.get(council))

    async def pin(self, channel: ChannelId, actor: Actor) -> BoardView:
        """Have a board posted and pinned, which is redrawn when something changes; where there is one already, a new
        one is posted.

        Raises NoCouncil, CouncilClosed or NotChair.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            await uow.posts.forget_message(PostKind.BOARD, int(council.id))
            await uow.posts.redraw([(council.id, PostKind.BOARD, int(council.id), await uow.now())])
            view = await _board(uow, council)
            await uow.commit()
        return view


async def _board(uow: UnitOfWork, council: Council) -> BoardView:
    issues = [issue for issue in await uow.issues.list_in(council.id) if issue.status is IssueStatus.OPEN]
    issues.sort(key=lambda issue: (-issue.category, issue.number))
    history = await uow.rulings.of_issues(issue.id for issue in issues)
    scheduled = await uow.schedules.find(council.id)
    messages = await uow.posts.messages([(PostKind.BOARD, int(council.id))])
    return BoardView(
        council=council,
        lines=tuple(
            BoardLine(issue=issue, trend=tuple((past.number, ruling) for past, ruling in history[issue.id]))
            for issue in issues
        ),
        round=await uow.rounds.find_running(council.id),
        next_opens_at=None if scheduled is None else scheduled[1],
        message=messages.get((PostKind.BOARD, int(council.id))),
    )
