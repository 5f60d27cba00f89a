"""What keeps a service from starting: one plain sentence, and an exit code that says what kind."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL

from tests.support.databases import PostgresServer
from tests.support.running_bot import sqlite_url, url_text
from tests.support.service_process import ServiceProcess
from twitchbot.adapters.sql.dialect import sync_url
from twitchbot.bootstrap.migrate import upgrade

UNAVAILABLE = 69
CONFIGURATION = 78


@asynccontextmanager
async def a_failed_start(directory: Path, **environment: str) -> AsyncIterator[ServiceProcess]:
    """Start a service that must not come up."""
    async with ServiceProcess(directory, environment) as service:
        await service.exit_code()
        assert service.logged("ready") == []
        assert service.tracebacks == []
        yield service


def sentences(service: ServiceProcess) -> list[str]:
    """Return what was said to people: what is no record of the log."""
    return [line for line in service.errors if not line.startswith("{")]


@contextmanager
def a_busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("variable", ["PORT", "GRPC_PORT"])
async def test_a_busy_port_is_named_with_its_variable(tmp_path: Path, variable: str) -> None:
    with a_busy_port() as port:
        async with a_failed_start(tmp_path, **{variable: str(port)}) as service:
            assert service.process.returncode == UNAVAILABLE
            (sentence,) = sentences(service)
            assert f"port {port} is in use" in sentence
            assert f"set {variable} to another port" in sentence


async def test_a_second_process_on_the_same_file_says_so_and_ends(tmp_path: Path) -> None:
    async with ServiceProcess(tmp_path) as first:
        await first.until_ready()
        async with a_failed_start(tmp_path) as second:
            assert second.process.returncode == UNAVAILABLE
            (sentence,) = sentences(second)
            assert f"in use by another twitchbot (process {first.process.pid})" in sentence
        assert (await first.get("/health/ready")).status_code == 200


async def test_all_wrong_settings_are_named_at_once_and_nothing_is_started(tmp_path: Path) -> None:
    wrong = {
        "GRPC_PORT": "many",
        "LOG_LEVEL": "loud",
        "DATABASE_URL": "mysql://CANARY-password@host/name",
        "TWITCH_CHANNELS": "good,b a d",
        "STREAM_GRACE": "soon",
        "TWITCH_REFRESH_TOKEN": "CANARY-refresh",
        "AUTH_ENABLED": "true",
    }
    async with a_failed_start(tmp_path, **wrong) as service:
        assert service.process.returncode == CONFIGURATION
        told = "\n".join(sentences(service))
        assert [name for name in wrong if name not in told] == []
        assert "CANARY" not in told
        assert service.log == []
    assert not (tmp_path / "data").exists()


@contextmanager
def a_newer_database(kind: str, directory: Path, request: pytest.FixtureRequest) -> Iterator[URL]:
    with _a_database(kind, directory, request) as url:
        upgrade(url)
        engine = create_engine(sync_url(url), poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        yield url


@contextmanager
def _a_database(kind: str, directory: Path, request: pytest.FixtureRequest) -> Iterator[URL]:
    if kind == "sqlite":
        (directory / "data").mkdir()
        yield sqlite_url(directory)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_database_newer_than_the_code_is_left_alone(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    with a_newer_database(kind, tmp_path, request) as url:
        async with a_failed_start(tmp_path, DATABASE_URL=url_text(url)) as service:
            assert service.process.returncode == CONFIGURATION
            (sentence,) = sentences(service)
            assert "9999" in sentence
            assert "run the newer version" in sentence


async def test_a_database_that_is_away_is_told_as_such(tmp_path: Path) -> None:
    # Nobody may listen on port 1 without being root, and root does not.
    url = "postgresql://someone:CANARY-password@127.0.0.1:1/name"
    async with a_failed_start(tmp_path, DATABASE_URL=url) as service:
        assert service.process.returncode == UNAVAILABLE
        (sentence,) = sentences(service)
        assert "refused" in sentence
        assert "CANARY" not in "\n".join(service.errors)
