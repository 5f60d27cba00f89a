"""How many connections to keep, and how long to wait for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True, kw_only=True)
class DatabaseOptions:
    """Sizes and patience of the connections.

    `max_connections`, `max_idle_connections` and `max_lifetime_s` are for PostgreSQL (at least
    one connection reads and one writes; a lifetime of 0 has no end), `readers` and
    `sqlite_synchronous` for SQLite.
    """

    max_connections: int = 10
    max_idle_connections: int = 5
    max_lifetime_s: float = 1800.0
    readers: int = 4
    sqlite_synchronous: str = "NORMAL"
    acquire_timeout_s: float = 2.0
    connect_timeout_s: int = 3
    statement_timeout_s: float = 5.0
    lock_timeout_s: float = 5.0
    transaction_timeout_s: float = 20.0
