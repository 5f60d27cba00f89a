"""What a transaction promises, and what happens when the database is away."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest
from sqlalchemy.engine import URL

from tests.support.builders import USER_ID, a_new_message, a_stream, a_viewer
from tests.support.databases import own_postgres, raw_rows
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams, add_viewers
from tests.support.sealing import PlainSealer
from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.bootstrap.migrate import upgrade
from twitchbot.domain.errors import BadRowError, DatabaseUnavailableError, ViewerAlreadyExistsError
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database

IMPATIENT = DatabaseOptions(acquire_timeout_s=0.2, lock_timeout_s=0.2, connect_timeout_s=2)


@asynccontextmanager
async def opened(url: URL, options: DatabaseOptions = IMPATIENT) -> AsyncIterator[SqlDatabase]:
    async with SqlDatabase.open(
        url, clock=FixedClock(), sealer=PlainSealer(), options=options
    ) as database:
        yield database


async def viewers(database: Database) -> int:
    async with database.read() as uow:
        return (await uow.viewers.list(DeletedFilter(), PageRequest(), "last_seen")).total


async def test_what_fails_half_way_leaves_nothing_behind(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.write() as uow:
            await uow.viewers.add(a_viewer())
            raise LookupError

    with pytest.raises(LookupError):
        await fail_half_way()

    assert await viewers(database) == 0


async def test_a_violated_rule_takes_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(ViewerAlreadyExistsError):
        await add_viewers(database, a_viewer(), a_viewer())

    assert await viewers(database) == 0


async def test_a_reader_sees_one_moment(database: Database) -> None:
    async with database.read() as uow:
        before = await uow.viewers.get_by_twitch_id(USER_ID)
        await add_viewers(database, a_viewer())
        assert await uow.viewers.get_by_twitch_id(USER_ID) == before

    assert await viewers(database) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError):
        async with database.read() as uow:
            await uow.viewers.add(a_viewer())


async def test_a_cancelled_transaction_leaves_nothing_behind_and_nothing_locked(
    database: Database,
) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with database.write() as uow:
            begun.set()
            for number in range(10_000):
                await uow.viewers.add(a_viewer(twitch_id=str(number)))

    task = asyncio.create_task(write())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await viewers(database) == 0
    await add_viewers(database, a_viewer())
    assert await viewers(database) == 1


async def test_a_timeout_of_the_caller_stays_the_callers(database: Database) -> None:
    with pytest.raises(TimeoutError):
        async with database.read():
            raise TimeoutError


async def test_the_version_is_told(database: SqlDatabase) -> None:
    await database.ping()

    assert (await database.version()).startswith(("SQLite 3.", "PostgreSQL "))


async def test_a_transaction_that_takes_too_long_is_given_up(database_url: URL) -> None:
    options = DatabaseOptions(transaction_timeout_s=0.2)
    async with opened(database_url, options) as database:

        async def write_for_ever() -> None:
            async with database.write() as uow:
                await uow.viewers.add(a_viewer())
                await asyncio.Event().wait()

        with pytest.raises(DatabaseUnavailableError):
            await write_for_ever()

        assert await viewers(database) == 0


async def test_no_free_connection_is_the_same_as_no_database(database_url: URL) -> None:
    async with (
        opened(
            database_url, DatabaseOptions(acquire_timeout_s=0.1, readers=1, max_connections=1)
        ) as database,
        database.read(),
    ):
        with pytest.raises(DatabaseUnavailableError):
            await database.ping()


async def test_a_locked_sqlite_file_can_be_read_but_not_written(sqlite_url: URL) -> None:
    assert sqlite_url.database is not None
    async with opened(sqlite_url) as database:
        with closing(sqlite3.connect(sqlite_url.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            with pytest.raises(DatabaseUnavailableError):
                await add_viewers(database, a_viewer())
            assert await viewers(database) == 0

        await add_viewers(database, a_viewer())


async def test_a_full_disk_is_no_reason_to_reject_a_message(sqlite_url: URL) -> None:
    async with opened(sqlite_url) as database:
        async with database._engines.writing.connect() as connection:
            pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(DatabaseUnavailableError):
            await add_messages(database, *(a_new_message(text="x" * 500) for _ in range(1000)))


async def test_a_row_held_by_another_is_waited_for_a_limited_time(postgres_url: URL) -> None:
    stream = a_stream()
    async with opened(postgres_url) as database, opened(postgres_url) as other:
        await add_streams(database, stream)

        async with other.write() as held:
            await held.streams.get(stream.id, for_update=True)
            with pytest.raises(DatabaseUnavailableError):
                async with database.write() as uow:
                    await uow.streams.add_messages({stream.id: 1})


async def test_a_statement_that_takes_too_long_is_given_up(postgres_url: URL) -> None:
    stream = a_stream()
    patient = DatabaseOptions(statement_timeout_s=0.2, lock_timeout_s=60)
    async with opened(postgres_url, patient) as database, opened(postgres_url) as other:
        await add_streams(database, stream)

        async with other.write() as held:
            await held.streams.get(stream.id, for_update=True)
            with pytest.raises(DatabaseUnavailableError):
                async with database.write() as uow:
                    await uow.streams.add_messages({stream.id: 1})


async def test_a_lost_connection_is_told_once_and_then_replaced(postgres_url: URL) -> None:
    async with opened(postgres_url) as database:

        async def lose_the_connection() -> None:
            async with database.write() as uow:
                await uow.viewers.add(a_viewer())
                raw_rows(
                    postgres_url,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                )
                await uow.viewers.add(a_viewer(twitch_id="2"))

        with pytest.raises(DatabaseUnavailableError):
            await lose_the_connection()

        assert await viewers(database) == 0
        await add_viewers(database, a_viewer())


async def test_a_stopped_server_is_unavailable() -> None:
    with own_postgres() as server:
        upgrade(server.url)
        async with opened(server.url) as database:
            await add_viewers(database, a_viewer())
            assert await viewers(database) == 1
            server.stop()

            with pytest.raises(DatabaseUnavailableError):
                await viewers(database)
            with pytest.raises(DatabaseUnavailableError):
                await add_viewers(database, a_viewer(twitch_id="2"))
            with pytest.raises(DatabaseUnavailableError):
                await database.ping()


async def test_a_nul_in_a_text_is_a_bad_row_to_postgresql(postgres_url: URL) -> None:
    async with opened(postgres_url) as database:
        with pytest.raises(BadRowError):
            await add_messages(database, a_new_message(text="a\0b"))
        with pytest.raises(BadRowError):
            await add_viewers(database, a_viewer(username="a\0b"))


async def test_our_errors_do_not_repeat_the_data(postgres_url: URL) -> None:
    async with opened(postgres_url) as database:
        with pytest.raises(BadRowError) as caught:
            await add_messages(database, a_new_message(text="secret", bits=2**40))

    assert "secret" not in str(caught.value)
