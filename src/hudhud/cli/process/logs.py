"""How log lines look: text on a terminal, JSON for machines; always on standard error."""

from __future__ import annotations

import logging
import sys

import structlog

from hudhud.settings import Settings


def configure(settings: Settings, *, least: str | None = None) -> None:
    """Set up logging of this process.

    Args:
        settings: level and format.
        least: a level for commands that talk to a person; `debug` in the settings still wins.
    """
    level = settings.log_level if least is None or settings.log_level == "debug" else least
    as_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not sys.stderr.isatty()
    )
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json:
        processors += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        processors.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()))
    # Its pool would write a traceback for every connection that PostgreSQL, being away, refuses;
    # our own events say that it is away.
    logging.getLogger("asyncpg").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
