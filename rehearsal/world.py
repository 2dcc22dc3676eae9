"""The rehearsal's world: a server with one channel, a chair's office, and the delegations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
import simcord

from bot.client import Comity
from cogs.custom_ids import SETUP_FORM
from deliberation.ids import ChannelId, PersonId
from deliberation.presets import META_REGIME
from services.seats import Delegation

SERVER = "World order (rehearsal)"
CHANNEL = "council"
COUNCIL = "The council of thirteen"
ROUND = "3m"

VISITORS: Mapping[str, str] = {"FR": "France", "KE": "Kenya", "ID": "Indonesia"}
"""Delegations that the visitor may act for, by country."""
PLAYERS: Mapping[str, str] = {
    "BR": "Brazil",
    "CN": "China",
    "EG": "Egypt",
    "DE": "Germany",
    "IN": "India",
    "JP": "Japan",
    "MX": "Mexico",
    "NG": "Nigeria",
    "ZA": "South Africa",
    "US": "United States",
}
"""Delegations that play by themselves."""


class Refused(Exception):
    """The bot answered otherwise than the rehearsal needs; what was being done is in the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Who is there. `secretary` opens the rounds; `chair` has the same powers and is for the visitor to act as."""

    env: simcord.Env
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
        """Whom the visitor may act as: the first is who a page begins with."""
        return (*self.visitors.values(), self.chair)


def build_world(env: simcord.Env) -> World:
    """The server with its channel, roles and members; no council yet."""
    guild = env.create_guild(SERVER)
    chairs = guild.create_role("Chair", permissions=discord.Permissions(manage_guild=True))
    delegates = guild.create_role("Delegates")

    def join(name: str, role: simcord.RoleHandle) -> simcord.MemberActor:
        user = env.create_user(name.lower().replace(" ", "."), global_name=name)
        return guild.add_member(user, roles=[role])

    return World(
        env=env,
        channel=guild.create_text_channel(CHANNEL),
        secretary=join("Secretary", chairs),
        chair=join("Chair", chairs),
        delegates=delegates,
        chairs=chairs,
        visitors={country: join(name, delegates) for country, name in VISITORS.items()},
        players={country: join(name, delegates) for country, name in PLAYERS.items()},
    )


async def found_council(world: World, bot: Comity) -> None:
    """Found the council as a chair would, by the command and its form, and seat every delegation.

    Seating delegations has no command yet; it goes through the service. Raises Refused.
    """
    shown = await world.secretary.slash(world.channel, "council setup")
    if shown.modal is None or not SETUP_FORM.pattern.fullmatch(shown.modal["custom_id"]):
        raise Refused("the form that founds a council did not open")
    form = {
        "name": COUNCIL,
        "preset": [META_REGIME.preset],
        "length": ROUND,
        "voters": [world.delegates],
        "chairs": [world.chairs],
    }
    sent = await world.secretary.submit_modal(shown, form)
    services = bot.desk.services
    if not sent.acknowledged or await services.councils.find_in(world.place) is None:
        raise Refused("the council was not founded")
    names = {**VISITORS, **PLAYERS}
    members = {**world.visitors, **world.players}
    await services.seats.add_delegations(
        world.place,
        [
            Delegation(name=name, country=country, holders=(PersonId(members[country].id),))
            for country, name in sorted(names.items(), key=lambda each: each[1])
        ],
    )
