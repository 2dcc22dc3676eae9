"""The repositories of `services.ports`, each speaking SQLAlchemy Core through one unit of work's connection."""

from .ballots import Ballots, Proxies, Reasons
from .councils import Councils
from .issues import Issues
from .people import Drafts, People
from .posts import Posts, Troubles
from .privacy import Retention, Traces
from .record import Audit, Record, Sums
from .rounds import RollCalls, Rounds, Rulings, Schedules
from .seats import Seats

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
