"""What the connections are set to."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.support.builders import a_new_message
from tests.support.rows import add_messages
from twitchbot.adapters.sql.dialect import async_url, sync_url
from twitchbot.adapters.sql.engine import make_engines
from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.unit_of_work import SqlDatabase


async def setting(engine: AsyncEngine, question: str) -> object:
    async with engine.connect() as connection:
        return (await connection.exec_driver_sql(question)).scalar_one()


async def test_only_the_writer_of_a_file_checkpoints(sqlite_database: SqlDatabase) -> None:
    engines = sqlite_database._engines

    assert await setting(engines.reading, "PRAGMA wal_autocheckpoint") == 0
    assert await setting(engines.writing, "PRAGMA wal_autocheckpoint") == 8192
    assert await setting(engines.reading, "PRAGMA query_only") == 1


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 5000), ("temp_store", 2)],
)
async def test_both_kinds_of_connection_are_careful(
    sqlite_database: SqlDatabase, pragma: str, value: object
) -> None:
    for engine in (sqlite_database._engines.writing, sqlite_database._engines.reading):
        assert await setting(engine, f"PRAGMA {pragma}") == value


async def test_commits_are_synchronous_as_asked(sqlite_url: URL) -> None:
    engines = make_engines(sqlite_url, DatabaseOptions(sqlite_synchronous="FULL"))

    assert await setting(engines.writing, "PRAGMA synchronous") == 2

    await engines.close()


async def test_closing_leaves_no_log_behind(sqlite_url: URL) -> None:
    engines = make_engines(sqlite_url, DatabaseOptions())
    await setting(engines.writing, "SELECT 1")
    await setting(engines.reading, "SELECT count(*) FROM streams")

    await engines.close()

    names = {path.name for path in _folder(sqlite_url).iterdir()}
    assert names == {"twitchbot.db"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TimeZone", "UTC"),
        ("statement_timeout", "5s"),
        ("lock_timeout", "5s"),
        ("application_name", "twitchbot"),
        ("idle_in_transaction_session_timeout", "20s"),
    ],
)
async def test_sessions_are_set_up(postgres_url: URL, name: str, value: str) -> None:
    engines = make_engines(postgres_url, DatabaseOptions())

    for engine in (engines.reading, engines.writing):
        assert await setting(engine, f"SHOW {name}") == value

    await engines.close()


async def test_reading_sessions_read_one_snapshot_only(postgres_url: URL) -> None:
    engines = make_engines(postgres_url, DatabaseOptions())

    assert await setting(engines.reading, "SHOW transaction_isolation") == "repeatable read"
    assert await setting(engines.reading, "SHOW transaction_read_only") == "on"
    assert await setting(engines.writing, "SHOW transaction_isolation") == "read committed"

    await engines.close()


async def test_session_options_of_the_address_are_kept(postgres_url: URL) -> None:
    url = postgres_url.update_query_dict({"options": "-c work_mem=3MB"})
    engines = make_engines(url, DatabaseOptions())

    assert await setting(engines.reading, "SHOW work_mem") == "3MB"

    await engines.close()


async def test_the_view_shows_the_newest_first_in_readable_form(database: SqlDatabase) -> None:
    older = a_new_message(text="older", sent_ms=1_772_366_400_000)
    newer = a_new_message(text="newer", sent_ms=1_772_366_400_123)
    await add_messages(database, older, newer)

    async with database._engines.reading.connect() as connection:
        rows = (await connection.exec_driver_sql("SELECT * FROM v_last_messages")).all()

    assert [row.text for row in rows] == ["newer", "older"]
    assert str(rows[0].id) == f"019ca945-0a7b-{newer.key.hex()[12:16]}-" + "-".join(
        [newer.key.hex()[16:20], newer.key.hex()[20:]]
    )
    assert str(rows[0].sent_at).startswith("2026-03-01 12:00:00.123")
    assert str(rows[0].stream_id) == "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    ("given", "for_us", "for_migrations"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite", "sqlite"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite", "sqlite"),
        ("postgresql://h/d", "postgresql+psycopg", "postgresql+psycopg"),
    ],
)
def test_each_use_of_an_address_has_its_driver(
    given: str, for_us: str, for_migrations: str
) -> None:
    assert async_url(given).drivername == for_us
    assert sync_url(given).drivername == for_migrations


def _folder(url: URL) -> Path:
    assert url.database is not None
    return Path(url.database).parent
