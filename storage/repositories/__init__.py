"""The repositories of `services.ports`, each speaking SQLAlchemy Core through one unit of work's connection."""

from .audit import Audit
from .ballots import Ballots
from .councils import Councils
from .issues import Drafts, Issues
from .people import People, Schedules
from .posts import Posts
from .procedure import Proxies, RollCalls
from .reasons import Reasons, Rulings
from .record import Record
from .retention import Retention
from .rounds import Rounds
from .seats import Seats
from .sums import Sums
from .traces import Traces
from .troubles import Troubles

__all__ = [
    "Audit",
    "Ballots",
    "Councils",
    "Drafts",
    "Issues",
    "People",
    "Posts",
    "Proxies",
    "Reasons",
    "Record",
    "Retention",
    "RollCalls",
    "Rounds",
    "Rulings",
    "Schedules",
    "Seats",
    "Sums",
    "Traces",
    "Troubles",
]
