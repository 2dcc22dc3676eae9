"""Delivering one post to Discord: it is rendered in the council's language, sent or edited, and looked for if it may
have been sent before."""

import zlib
from collections.abc import Callable, Sequence
from datetime import timedelta

import discord
import structlog
from discord.ui import LayoutView

from cogs import limits
from cogs.interactions.context import Context
from cogs.issues.card import render_card
from cogs.order.board import render_board
from cogs.rounds.message import render_round
from cogs.rounds.notice import render_notice
from cogs.rounds.reminder import render_reminder
from cogs.rounds.result import render_result
from cogs.rounds.roll_call import render_ended_call, render_roll_call
from cogs.seats.notice import NOTICES, render_seats_notice
from cogs.showing.formatting import shorten
from cogs.showing.localizer import Localizer
from deliberation.councils import Council
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, RoundId
from services.ports import REDRAWN, Post, PostKind

from .direct_messages import remind, tell_holders

LOOK_BACK = 50
"""How many messages are searched for one that may have been sent before; little else is posted (PRODUCT §3)."""
UNKNOWN_MESSAGE = 10008
ANOTHER_AUTHOR = 50005
GONE = frozenset({UNKNOWN_MESSAGE, ANOTHER_AUTHOR})
NEEDED = ("view_channel", "send_messages", "read_message_history")

_log = structlog.get_logger(__name__)


class Rendered:
    """A post that is ready to be sent: its council, its view, and the people it may mention."""

    def __init__(self, council: Council, view: LayoutView, mention: Sequence[PersonId] = ()) -> None:
        self.council = council
        self.view = view
        self.mentions = discord.AllowedMentions(
            everyone=False, roles=False, replied_user=False, users=[discord.Object(person) for person in mention]
        )


class Delivery:
    """Renders posts and sends them to Discord. Raises discord.HTTPException where Discord does not accept one.

    `ticks`: seconds on the clock that measures how long drawing takes.
    """

    def __init__(self, client: discord.Client, context: Context, *, ticks: Callable[[], float]) -> None:
        self._client = client
        self._context = context
        self._ticks = ticks

    async def deliver(self, post: Post) -> None:
        """Carry out one post and store that it is done."""
        posts, began = self._context.services.posts, self._ticks()
        rendered = await self._render(post)
        drawn_in = timedelta(seconds=self._ticks() - began)
        if rendered is None:
            await posts.done(post)
            return
        mark_view(rendered.view, mark_of(post))
        if post.kind in REDRAWN:
            await self._edit_or_send(post, rendered, drawn_in)
            return
        sent = await self._find_sent(post, rendered.council.channel)
        if sent is None:
            sent = await self._send(rendered, nonce=str(mark_of(post)))
        await posts.posted(post, channel=rendered.council.channel, message=sent)

    async def has_left(self, post: Post) -> bool:
        """Whether the bot is no longer on the council's server, as when it was kicked."""
        council = await self._context.services.councils.get(post.council)
        return self._client.is_ready() and self._client.get_guild(council.guild) is None

    async def missing_permissions(self, post: Post) -> tuple[str, ...]:
        """The permissions that the bot lacks in the council's channel, by Discord's names; () where that is not
        known."""
        council = await self._context.services.councils.get(post.council)
        channel = self._client.get_channel(council.channel)
        return _missing_in(channel) if isinstance(channel, discord.abc.GuildChannel) else ()

    async def _edit_or_send(self, post: Post, rendered: Rendered, drawn_in: timedelta) -> None:
        posts = self._context.services.posts
        message = await posts.message(post.kind, post.subject)
        nonce = str(mark_of(post))
        if message is None:
            sent = await self._find_sent(post, rendered.council.channel)
            if sent is not None and await self._edit(rendered, sent, channel=rendered.council.channel):
                await posts.posted(post, channel=rendered.council.channel, message=sent)
                return
        else:
            if await self._edit(rendered, message.message, channel=message.channel):
                await posts.edited(post, message, drawn_in=drawn_in)
                return
            # Somebody deleted it. With the same nonce Discord would answer with the deleted message.
            await posts.forget_message(post.kind, post.subject)
            nonce = str(zlib.crc32(f"{nonce}:{message.message}".encode()))
        sent = await self._send(rendered, nonce=nonce)
        await posts.posted(post, channel=rendered.council.channel, message=sent)
        await self._follow_up(post, rendered, sent)

    async def _edit(self, rendered: Rendered, message: int, *, channel: ChannelId) -> bool:
        """Edit the message; returns False where it is gone or belongs to another account."""
        partial = self._client.get_partial_messageable(channel).get_partial_message(message)
        try:
            await partial.edit(view=rendered.view, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as error:
            if error.code not in GONE:
                raise
            return False
        return True

    async def _send(self, rendered: Rendered, *, nonce: str) -> int:
        """Send the post. Within some minutes Discord itself answers a repeated nonce with the message sent before."""
        channel = self._client.get_partial_messageable(rendered.council.channel)
        message = await channel.send(view=rendered.view, nonce=nonce, allowed_mentions=rendered.mentions)
        return message.id

    async def _find_sent(self, post: Post, channel: ChannelId) -> int | None:
        """The message of an earlier attempt with unknown outcome, if it is among the channel's last ones."""
        if post.attempts == 0:
            return None
        mark = mark_of(post)
        async for message in self._client.get_partial_messageable(channel).history(limit=LOOK_BACK):
            own = self._client.user is not None and message.author.id == self._client.user.id
            if own and any(getattr(component, "id", None) == mark for component in message.components):
                return message.id
        return None

    async def _render(self, post: Post) -> Rendered | None:
        """The post as it is to be shown now; None where there is nothing left to say."""
        services = self._context.services
        match post.kind:
            case PostKind.CARD:
                card = await services.issues.card(IssueId(post.subject))
                return Rendered(card.council, render_card(card, self._say(card.council)))
            case PostKind.ROUND:
                round_ = await services.rounds.view(RoundId(post.subject))
                return Rendered(round_.council, render_round(round_, self._say(round_.council)))
            case PostKind.RESULT:
                result = await services.rounds.result(RoundId(post.subject))
                return Rendered(result.council, render_result(result, self._say(result.council)))
            case PostKind.NOTICE:
                return await self._notice(post)
            case PostKind.BOARD:
                board = await services.board.board_of(CouncilId(post.subject))
                return Rendered(board.council, render_board(board, 0, self._say(board.council)))
            case PostKind.ROLL_CALL:
                return await self._roll_call(CouncilId(post.subject))
            case PostKind.REMINDER:
                return await self._reminder(post)

    async def _notice(self, post: Post) -> Rendered:
        council = await self._context.services.councils.get(post.council)
        if post.data["code"] not in NOTICES:
            return Rendered(council, render_notice(council, post.data, self._say(council)))
        notice = await self._context.services.seating.notice(post.council, post.data)
        if post.attempts == 0:
            # At most once, as reminders are.
            await tell_holders(self._client, self._context, notice)
        shown, mention = render_seats_notice(notice, self._say(council))
        return Rendered(council, shown, mention)

    async def _roll_call(self, council_id: CouncilId) -> Rendered | None:
        """The roll call as it stands. Once it is over, its message says so; without a message, none is posted."""
        services = self._context.services
        view = await services.roll_calls.view(council_id)
        if view is not None:
            return Rendered(view.council, render_roll_call(view, self._say(view.council)))
        if await services.posts.message(PostKind.ROLL_CALL, int(council_id)) is None:
            return None
        council = await services.councils.get(council_id)
        return Rendered(council, render_ended_call(self._say(council)))

    async def _follow_up(self, post: Post, rendered: Rendered, message: int) -> None:
        """Finish a message that has just been posted: pin a board, give a card its thread.

        If that fails, only the pin or the thread is missing, and the log says so. The message stays.
        """
        council = rendered.council
        # The server is needed to create a thread.
        channel = self._client.get_partial_messageable(council.channel, guild_id=council.guild)
        partial = channel.get_partial_message(message)
        try:
            if post.kind is PostKind.BOARD:
                await partial.pin()
            elif post.kind is PostKind.CARD and council.rules.threads:
                await partial.create_thread(name=await self._thread_name(IssueId(post.subject)))
        except discord.Forbidden as error:
            needed = "pin_messages" if post.kind is PostKind.BOARD else "create_public_threads"
            _log.warning("permission_missing", channel=council.channel, permission=needed, error=str(error))
        except (discord.HTTPException, discord.RateLimited) as error:
            _log.warning("not_followed_up", channel=council.channel, kind=post.kind, error=str(error))

    async def _thread_name(self, issue: IssueId) -> str:
        card = await self._context.services.issues.card(issue)
        return shorten(f"#{card.issue.number} {card.issue.text.title}", limits.THREAD_NAME)

    async def _reminder(self, post: Post) -> Rendered | None:
        view = await self._context.services.rounds.reminder(RoundId(post.subject), last=bool(post.data.get("last")))
        if view is None:
            return None
        if post.attempts == 0:
            # At most once: a member would rather miss a direct message than get it at every attempt.
            await remind(self._client, self._context, view)
        if not view.mention and not view.at_risk:
            return None
        shown, mention = render_reminder(view, self._say(view.council))
        return Rendered(view.council, shown, mention)

    def _say(self, council: Council) -> Localizer:
        return self._context.catalogues.localizer(council.language)


def mark_of(post: Post) -> int:
    """A number by which a post's message is recognised: the same at every attempt, and used as the id of a component in
    Discord.

    It is above the ids that Discord gives to components without one.
    """
    return 0x40000000 | (zlib.crc32(f"{post.council}:{post.id}:{post.kind}:{post.subject}".encode()) & 0x3FFFFFFF)


def mark_view(view: LayoutView, mark: int) -> None:
    """Give the view's first component the mark."""
    view.children[0].id = mark


def may_post(channel: discord.abc.GuildChannel | None) -> bool:
    """Whether the bot has every permission that posts need there."""
    return channel is not None and not _missing_in(channel)


def _missing_in(channel: discord.abc.GuildChannel) -> tuple[str, ...]:
    held = channel.permissions_for(channel.guild.me)
    return tuple(name for name in NEEDED if not getattr(held, name))
