"""The log: one event after another on stderr, as text or JSON, with incident codes and never with a token.

Text from members cannot look like a line of the log: an event is one line, and a traceback below it is indented.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.health.metrics import count_event

from .redaction import redactor, secrets_of
from .settings import JSON, Settings

LIBRARIES = ("discord", "apscheduler", "sqlalchemy", "alembic", "aiosqlite", "asyncio", "aiohttp")
_INDENT = "    "

log = structlog.get_logger(__name__)


def configure(settings: Settings, *, level: str | None = None) -> None:
    """Send the program's events and other libraries' warnings to stderr. Called once, by the program. `level`: replaces
    that of the settings."""
    stamped: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            count_event,
            structlog.stdlib.filter_by_level,
            *stamped,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=stamped,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(settings)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel((level or settings.log_level).upper())
    for library in LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)
    sys.excepthook = _crashed


def _rendering(settings: Settings) -> list[Processor]:
    """The processors that turn an event into the text that is written; the last one hides secrets."""
    redact = redactor(secrets_of(settings))

    def hide(_logger: Any, _method: str, text: Any) -> str:
        return redact(str(text))

    if settings.log_format == JSON:
        renderer = structlog.processors.JSONRenderer(default=str, ensure_ascii=False)
        return [structlog.processors.format_exc_info, renderer, hide]
    shown = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=_indented, repr_native_str=True
    )
    return [_on_one_line, shown, hide]


def _on_one_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Escape what would begin a new line or control a terminal. The renderer quotes everything except the event
    itself."""
    return {**event, "event": _escaped(str(event["event"]))}


def _escaped(text: str) -> str:
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _indented(stream: TextIO, exc_info: Any) -> None:
    """A traceback, with every line indented, so that none looks like an event."""
    lines = "".join(traceback.format_exception(*exc_info)).splitlines()
    stream.write("".join(f"\n{_INDENT}{_escaped(line)}" for line in lines))


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log an exception that ends the program like everything else."""
    log.critical("crashed", exc_info=(kind, error, trace))
