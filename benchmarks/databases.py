"""Empty databases with our schema, SQLite and PostgreSQL, as many as are asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy.engine import URL

from tests.support.databases import PostgresServer, running_postgres
from tests.support.sealing import PlainSealer
from twitchbot.adapters.sql.dialect import sync_url
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.bootstrap.clock import SystemClock
from twitchbot.bootstrap.migrate import upgrade

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
KINDS = (SQLITE, POSTGRESQL)

# Lends a new database that is empty but for our schema.
Lender = Callable[[], AbstractContextManager[URL]]


@contextmanager
def lender(kind: str, directory: Path) -> Iterator[Lender]:
    """Prepare for lending databases of one kind."""
    prepare = _sqlite if kind == SQLITE else _postgresql
    with prepare(directory) as lend:
        yield lend


def opened(url: URL) -> AbstractAsyncContextManager[SqlDatabase]:
    """Open a database as the service does."""
    return SqlDatabase.open(url, clock=SystemClock(), sealer=PlainSealer())


@contextmanager
def _sqlite(directory: Path) -> Iterator[Lender]:
    template = directory / "template.db"
    upgrade(URL.create("sqlite+aiosqlite", database=str(template)))

    @contextmanager
    def lend() -> Iterator[URL]:
        path = directory / f"{uuid4().hex}.db"
        shutil.copyfile(template, path)
        try:
            yield URL.create("sqlite+aiosqlite", database=str(path))
        finally:
            for left in directory.glob(f"{path.name}*"):
                left.unlink()

    yield lend


@contextmanager
def _postgresql(_: Path) -> Iterator[Lender]:
    with running_postgres() as server:
        if "TEST_DATABASE_URL" not in os.environ:
            _write_safely(server)
        with server.database() as template:
            upgrade(template)
            name = template.database or ""
            yield lambda: server.database(name)


def _write_safely(server: PostgresServer) -> None:
    """Undo what tests gain time by: a commit must reach the disk."""
    address = libpq_url(server.url)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET fsync")
        connection.execute("SELECT pg_reload_conf()")


def libpq_url(url: URL) -> str:
    """Return an address as psycopg alone understands it."""
    return sync_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
