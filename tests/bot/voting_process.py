"""A process that casts ballots one after another and says of each that it is recorded, until it is killed.

Run as `python -m tests.bot.voting_process URL ROUND ISSUE`. Prints the number of each member once its receipt
has come; the clock stands still at the instant at which the tests begin.
"""

import asyncio
import sys

from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId
from services import Services
from services.ballots import Cast
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import member


async def vote_on_and_on(url: str, round_id: int, issue: int) -> None:
    """Ten members at a time, without end."""
    services = Services.over(Database(url, clock=SetClock()))

    async def vote(number: int) -> None:
        cast = Cast(RoundId(round_id), IssueId(issue), 1, Position.PROHIBITED, member(number), f"Reason {number}.")
        await services.ballots.cast(cast)
        print(number, flush=True)

    first = 1
    while True:
        await asyncio.gather(*(vote(number) for number in range(first, first + 10)))
        first += 10


if __name__ == "__main__":
    asyncio.run(vote_on_and_on(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
