"""The repositories of `services.ports`, each speaking SQLAlchemy Core through one unit of work's connection."""

from .ballots import Ballots
from .councils import Councils
from .issues import Drafts, Issues
from .people import People, Schedules
from .posts import Posts
from .procedure import Proxies, RollCalls
from .reasons import Reasons, Rulings
from .record import Record
from .rounds import Rounds
from .seats import Seats
from .troubles import Troubles

__all__ = [
    "Ballots",
    "Councils",
    "Drafts",
    "Issues",
    "People",
    "Posts",
    "Proxies",
    "Reasons",
    "Record",
    "RollCalls",
    "Rounds",
    "Rulings",
    "Schedules",
    "Seats",
    "Troubles",
]
