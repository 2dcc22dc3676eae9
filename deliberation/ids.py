"""The identifiers that the procedure passes around, each a type of its own so that one cannot stand for another."""

from typing import NewType

CouncilId = NewType("CouncilId", int)
SeatId = NewType("SeatId", int)
IssueId = NewType("IssueId", int)
RoundId = NewType("RoundId", int)
ReasonId = NewType("ReasonId", int)
PersonId = NewType("PersonId", int)
"""A Discord user's snowflake."""
ChannelId = NewType("ChannelId", int)
"""A Discord channel's snowflake: a council is bound to one."""
RoleId = NewType("RoleId", int)
"""A Discord role's snowflake."""
