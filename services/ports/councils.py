"""The repository of councils."""

from datetime import datetime
from typing import Protocol

from deliberation.councils import Council
from deliberation.ids import ChannelId, CouncilId, RoleId
from deliberation.rules import Rules


class CouncilRepository(Protocol):
    async def add(
        self,
        *,
        guild: int,
        channel: ChannelId,
        name: str,
        language: str,
        rules: Rules,
        chair_role: RoleId | None,
        voter_role: RoleId | None,
        at: datetime,
    ) -> Council:
        """Raises CouncilExists where the channel has one."""
        ...

    async def get(self, council: CouncilId) -> Council: ...
    async def find_in(self, channel: ChannelId) -> Council | None: ...
    async def lock(self, council: CouncilId) -> Council:
        """The council, its row locked until the transaction ends: numbers are given out under this lock."""
        ...

    async def put(self, council: Council, *, before: Council) -> None:
        """Store what has changed of a council's name, rules, roles and end."""
        ...

    async def list_all(self) -> tuple[Council, ...]:
        """By id."""
        ...
