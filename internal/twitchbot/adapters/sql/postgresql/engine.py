"""Connections to PostgreSQL: some that write, some that only read."""

from __future__ import annotations

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from twitchbot.adapters.sql.options import DatabaseOptions

_APPLICATION = "twitchbot"
# Planning machine code takes longer than any of our queries.
_SESSION = {"timezone": "UTC", "jit": "off"}
# Both figures of a list, its rows and their number, come from one snapshot.
_READING = {
    "default_transaction_isolation": "repeatable\\ read",
    "default_transaction_read_only": "on",
}
# A dead peer is noticed after 10 s of silence and three unanswered probes.
_KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


def writing_engine(url: URL, options: DatabaseOptions) -> AsyncEngine:
    """Make the engine whose connections write; reading calls cannot use them up."""
    return _engine(url, options, _writers(options), {})


def reading_engine(url: URL, options: DatabaseOptions) -> AsyncEngine:
    """Make the engine whose transactions only read, each from one snapshot."""
    return _engine(url, options, max(1, options.max_connections - _writers(options)), _READING)


def _writers(options: DatabaseOptions) -> int:
    return max(1, options.max_connections // 3)


def _engine(
    url: URL, options: DatabaseOptions, connections: int, session: dict[str, str]
) -> AsyncEngine:
    kept = min(connections, max(1, options.max_idle_connections))
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_size=kept,
        max_overflow=connections - kept,
        pool_timeout=options.acquire_timeout_s,
        pool_recycle=round(options.max_lifetime_s) or -1,
        pool_pre_ping=True,
        connect_args={
            "application_name": _APPLICATION,
            "connect_timeout": options.connect_timeout_s,
            "options": _session_options(url, options, session),
            **_KEEPALIVES,
        },
    )


def _session_options(url: URL, options: DatabaseOptions, session: dict[str, str]) -> str:
    given = url.query.get("options", "")
    settings = {
        **_SESSION,
        "statement_timeout": str(round(options.statement_timeout_s * 1000)),
        "lock_timeout": str(round(options.lock_timeout_s * 1000)),
        "idle_in_transaction_session_timeout": str(round(options.transaction_timeout_s * 1000)),
        **session,
    }
    ours = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return f"{given if isinstance(given, str) else ' '.join(given)} {ours}".strip()
