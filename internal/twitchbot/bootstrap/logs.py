"""Structured logs: JSON for machines, colours for a terminal, never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

# What a token looks like in the lines that may carry one; the last net below the first one, which
# is not to log such lines at all.
_SECRET = re.compile(
    r"(oauth:|Bearer |OAuth |(?:access_token|refresh_token|client_secret)[\"']?[=:] ?[\"']?)"
    r"[A-Za-z0-9._~+/-]{12,}",
    re.IGNORECASE,
)
# Libraries that say much, or print what they send.
_NOISY = (
    "aiosqlite",
    "alembic.runtime.migration",
    "alembic.runtime.plugins",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "irc.client",
    "irc.client_aio",
    "uvicorn.error",
)
# Skipping a run while the last one is under way is how it is meant to be.
_HARMLESS = ("apscheduler.executors", "apscheduler.scheduler")
# What a reader looks for stands first in a line.
_FIRST = ("timestamp", "level", "event")


def configure_logs(level: str, style: str) -> None:
    """Send all logging through one handler on standard error.

    `style` is json, text, or auto: text on a terminal and json elsewhere.
    """
    as_text = style == "text" or (style == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(as_text=as_text),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in _HARMLESS:
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(root.level),
        cache_logger_on_first_use=True,
    )


def mask_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace what looks like a token in any text of a log event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _SECRET.sub(r"\1***", value)
    return event


def _rendering(*, as_text: bool) -> list[structlog.typing.Processor]:
    # A traceback becomes text before secrets are masked, so that those in it are masked too.
    masked: list[structlog.typing.Processor] = [
        structlog.processors.format_exc_info,
        mask_secrets,
    ]
    if as_text:
        console = structlog.dev.ConsoleRenderer(
            exception_formatter=structlog.dev.plain_traceback, pad_event_to=36
        )
        return [*masked, console]
    return [*masked, structlog.processors.JSONRenderer(serializer=_to_json)]


def _to_json(event: dict[str, object], **_options: object) -> str:
    ordered = {key: event[key] for key in _FIRST if key in event} | event
    return orjson.dumps(ordered, default=str).decode()
