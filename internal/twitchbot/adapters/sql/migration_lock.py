"""A connection for migrations that only one process has at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from twitchbot.adapters.sql.dialect import is_sqlite, sync_url

_LOCK = 0x7477_6974_6368_626F
# How long to wait for another process that migrates, and for others that use a table we change.
_OTHERS_TIMEOUT_S = 60
_TABLE_TIMEOUT = "2s"
_CONNECT_TIMEOUT_S = 5


@contextmanager
def locked_connection(url: str | URL) -> Iterator[Connection]:
    """Connect, and wait until nobody else migrates this database."""
    address = sync_url(url)
    opened = _open_sqlite(address) if is_sqlite(address) else _open_postgresql(address)
    with opened as connection:
        yield connection


def is_lock_timeout(error: DBAPIError) -> bool:
    """Tell whether a migration only met a table that somebody else was using."""
    return isinstance(error.orig, psycopg.errors.LockNotAvailable)


@contextmanager
def _open_postgresql(url: URL) -> Iterator[Connection]:
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": _CONNECT_TIMEOUT_S},
    )
    with engine.connect() as connection:
        connection.execute(text(f"SET lock_timeout = '{_OTHERS_TIMEOUT_S}s'"))
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"SET lock_timeout = '{_TABLE_TIMEOUT}'"))
        # The lock belongs to the session and outlives this transaction.
        connection.commit()
        yield connection


@contextmanager
def _open_sqlite(url: URL) -> Iterator[Connection]:
    """Open the file; the transaction that all migrations run in is the lock."""
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": _OTHERS_TIMEOUT_S},
    )
    _begin_immediately(engine)
    with engine.connect() as connection:
        yield connection


def _begin_immediately(engine: Engine) -> None:
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "begin", begin)
