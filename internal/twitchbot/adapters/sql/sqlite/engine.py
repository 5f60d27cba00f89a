"""Connections to an SQLite file: one that writes, some that read.

SQLite libraries from 3.7.0 to 3.51.2 can corrupt a file when two connections write or checkpoint
at the same time. So there is one writing connection, and it alone checkpoints.
"""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only

from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.sqlite.driver import ThreadedConnection

_MMAP_BYTES = 256 * 2**20
_WRITER_CACHE_KIB = 64 * 2**10
# 32 MiB of pages: a page that many batches change is copied into the file once, not each time.
_CHECKPOINT_PAGES = 8192


def writing_engine(url: URL, options: DatabaseOptions) -> AsyncEngine:
    """Make the engine with the one connection that writes."""
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(
        url, options, connections=1, patience_s=options.lock_timeout_s, reads_only=False
    )
    _on_connect(
        engine,
        "PRAGMA journal_mode = WAL",
        f"PRAGMA synchronous = {options.sqlite_synchronous}",
        f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}",
        f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}",
        *_pragmas(options),
    )
    # Taking the lock at once keeps two transactions from both reading first and then waiting for
    # each other.
    event.listen(engine.sync_engine, "begin", _begin_writing)
    return engine


def reading_engine(url: URL, options: DatabaseOptions) -> AsyncEngine:
    """Make the engine whose connections only read, each transaction from one snapshot."""
    engine = _engine(
        url,
        options,
        connections=options.readers,
        patience_s=options.acquire_timeout_s,
        reads_only=True,
    )
    _on_connect(
        engine, "PRAGMA wal_autocheckpoint = 0", *_pragmas(options), "PRAGMA query_only = ON"
    )
    event.listen(engine.sync_engine, "begin", _begin_reading)
    return engine


def _engine(
    url: URL, options: DatabaseOptions, *, connections: int, patience_s: float, reads_only: bool
) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience_s,
        # The driver leaves transactions alone; BEGIN comes from the event below.
        connect_args={
            "async_creator_fn": partial(ThreadedConnection, reads_only=reads_only),
            "isolation_level": None,
            "timeout": options.lock_timeout_s,
        },
    )
    event.listen(engine.sync_engine, "handle_error", _keep_connection)
    return engine


def _keep_connection(context: ExceptionContext) -> None:
    """Interrupt the statement of a cancelled call, and keep the connection for the next one."""
    if not isinstance(context.original_exception, asyncio.CancelledError):
        return
    context.is_disconnect = False
    if context.connection is not None:
        driver: Any = context.connection.connection.driver_connection
        await_only(driver.interrupt())


def _pragmas(options: DatabaseOptions) -> tuple[str, ...]:
    return (
        "PRAGMA foreign_keys = ON",
        f"PRAGMA busy_timeout = {round(options.lock_timeout_s * 1000)}",
        "PRAGMA temp_store = MEMORY",
        f"PRAGMA mmap_size = {_MMAP_BYTES}",
    )


def _on_connect(engine: AsyncEngine, *pragmas: str) -> None:
    def configure(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    event.listen(engine.sync_engine, "connect", configure)


def _begin_writing(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Any) -> None:
    connection.connection.driver_connection.begin_reading()
