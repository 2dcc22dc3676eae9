"""The rehearsal's world: a server with one channel, a chair's office, and the delegations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
import simcord

from bot.client import Comity
from cogs.custom_ids.councils import SetupForm
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId
from services.ports import Delegation

from .demonstrations import NAMES, Demonstration

SERVER = "World order (rehearsal)"
CHANNEL = "council"
ROUND = "3m"


class Refused(Exception):
    """The bot did not answer as the rehearsal needs; the message says what was being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The members of the demonstration. `secretary` opens the rounds; `chair` has the same powers, and is for the
    visitor."""

    env: simcord.Env
    shown: Demonstration
    channel: simcord.ChannelHandle
    secretary: simcord.MemberActor
    chair: simcord.MemberActor
    delegates: simcord.RoleHandle
    chairs: simcord.RoleHandle
    visitors: Mapping[str, simcord.MemberActor]
    players: Mapping[str, simcord.MemberActor]

    @property
    def place(self) -> ChannelId:
        """The council's channel."""
        return ChannelId(self.channel.id)

    @property
    def viewers(self) -> Sequence[simcord.MemberActor]:
        """The members as whom the visitor may act; a page begins with the first."""
        return (*self.visitors.values(), self.chair)


def build_world(env: simcord.Env, shown: Demonstration) -> World:
    """The server with its channel, roles and members; no council yet."""
    guild = env.create_guild(SERVER)
    chairs = guild.create_role("Chair", permissions=discord.Permissions(manage_guild=True))
    delegates = guild.create_role("Delegates")

    def join(name: str, role: simcord.RoleHandle) -> simcord.MemberActor:
        user = env.create_user(name.lower().replace(" ", "."), global_name=name)
        return guild.add_member(user, roles=[role])

    return World(
        env=env,
        shown=shown,
        channel=guild.create_text_channel(CHANNEL),
        secretary=join("Secretary", chairs),
        chair=join("Chair", chairs),
        delegates=delegates,
        chairs=chairs,
        visitors={country: join(NAMES[country], delegates) for country in shown.visitors},
        players={country: join(NAMES[country], delegates) for country in shown.players},
    )


async def found_council(world: World, bot: Comity) -> None:
    """Found the council as a chair would, with the command and its form, and seat every delegation. Raises Refused."""
    shown = await world.secretary.slash(world.channel, "council setup")
    if shown.modal is None or SetupForm.parse(shown.modal["custom_id"]) is None:
        raise Refused("the form that founds a council did not open")
    form = {
        "name": world.shown.council,
        "preset": [world.shown.preset],
        "length": ROUND,
        "voters": [world.delegates],
        "chairs": [world.chairs],
    }
    sent = await world.secretary.submit_modal(shown, form)
    if not sent.acknowledged or await bot.context.services.councils.find_in(world.place) is None:
        raise Refused("the council was not founded")
    await _seat(world, bot)


async def _seat(world: World, bot: Comity) -> None:
    """Seat every delegation and its delegate, as a chair does with `/seat add`, or with `/seat fill` and `/seat
    assign`."""
    seating, place = bot.context.services.seating, world.place
    chair = Actor(person=PersonId(world.secretary.id), name="Secretary", manages_server=True)
    members = {country: PersonId(member.id) for country, member in {**world.visitors, **world.players}.items()}
    if world.shown.seating is None:
        delegations = [
            Delegation(name=NAMES[country], country=country, holders=(person,)) for country, person in members.items()
        ]
        await seating.add(place, chair, delegations)
        return
    filled = await seating.fill(place, chair, world.shown.seating, NAMES)
    for seat in filled.seats:
        await seating.assign(place, chair, seat.id, members[seat.country or ""])
