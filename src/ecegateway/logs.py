"""Logs: one line for each event, constant event names, and only keys that are known to hold no personal data."""

import logging
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

ALLOWED_KEYS = frozenset(
    {
        "error_kind",
        "failure_kind",
        "feed",
        "hold",
        "missing",
        "outcome",
        "pages",
        "plugin",
        "plugin_version",
        "pull",
        "quarantined",
        "read",
        "seconds",
        "service",
        "source",
        "stored",
        "stream",
        "unchanged",
    }
)
"""The keys a line may carry. A key that is not here is dropped, and the line says that one was."""

_ADDED_BY_US = frozenset({"event", "level", "timestamp"})
_EVENT = re.compile(r"[a-z]+(?: [a-z]+){0,7}")
_VALUE = re.compile(r"[\w./:@ -]{0,200}")


def only_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep allowed keys with plain values; replace an event name that is not constant, plain words.

    Exceptions come down to their kind: their text may hold what a vendor sent.
    """
    kept: EventDict = {key: event[key] for key in _ADDED_BY_US if key in event}
    if not isinstance(kept.get("event"), str) or not _EVENT.fullmatch(kept["event"]):
        kept["event"] = "event withheld"
    error = event.get("exc_info")
    if error:
        kind = sys.exc_info()[0] if error is True else type(error) if isinstance(error, BaseException) else None
        kept["error_kind"] = "unknown" if kind is None else kind.__name__
    dropped = False
    for key, value in event.items():
        if key in _ADDED_BY_US or key == "exc_info":
            continue
        if key in ALLOWED_KEYS and (isinstance(value, int | float | None) or _VALUE.fullmatch(str(value))):
            kept[key] = value if isinstance(value, int | float | None) else str(value)
        else:
            dropped = True
    if dropped:
        kept["withheld"] = True
    return kept


def get_log() -> FilteringBoundLogger:
    """The log. Silent until somebody sets logs up: structlog's own default would print every key it is given."""
    if not structlog.is_configured():
        set_up_logs(level=logging.CRITICAL)
    log: FilteringBoundLogger = structlog.get_logger()
    return log


def set_up_logs(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Send log lines to ``stream`` (standard error by default): JSON, or for people when it is a terminal."""
    out = stream if stream is not None else sys.stderr
    renderer: Processor = structlog.dev.ConsoleRenderer() if out.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
