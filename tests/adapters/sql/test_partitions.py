"""Weekly partitions on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tests.support.builders import a_new_message
from tests.support.databases import raw_rows
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages
from tests.support.sealing import PlainSealer
from twitchbot.adapters.sql.postgresql.partitions import ensure_partitions, name_of
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.bootstrap.migrate import upgrade
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.unix_time import unix_ms

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEDNESDAY = MONDAY + timedelta(days=2, hours=13)


@pytest.fixture
def url(empty_postgres_url: URL) -> URL:
    """A migrated database that was never opened, so that it has the default partition only."""
    upgrade(empty_postgres_url)
    return empty_postgres_url


@pytest.fixture
async def engine(url: URL) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(url)
    yield engine
    await engine.dispose()


def partitions(url: URL) -> list[str]:
    rows = raw_rows(
        url,
        "SELECT inhrelid::regclass::text FROM pg_inherits"
        " WHERE inhparent = 'chat_messages'::regclass ORDER BY 1",
    )
    return [name for (name,) in rows]


def rows_by_partition(url: URL) -> list[tuple[str, int]]:
    return [
        (name, count)
        for name, count in raw_rows(
            url,
            "SELECT tableoid::regclass::text, count(*) FROM chat_messages GROUP BY 1 ORDER BY 1",
        )
    ]


def test_a_partition_is_named_after_its_week() -> None:
    assert name_of(MONDAY) == "chat_messages_y2026w10"
    assert name_of(datetime(2027, 1, 3, tzinfo=UTC)) == "chat_messages_y2026w53"


async def test_opening_makes_the_weeks_around_now(url: URL) -> None:
    async with SqlDatabase.open(url, clock=FixedClock(WEDNESDAY), sealer=PlainSealer()):
        pass

    assert partitions(url) == [
        "chat_messages_default",
        *(f"chat_messages_y2026w{week:02}" for week in range(9, 15)),
    ]


async def test_the_weeks_go_on_with_time(url: URL) -> None:
    clock = FixedClock(WEDNESDAY)
    async with SqlDatabase.open(url, clock=clock, sealer=PlainSealer()) as database:
        clock.move(timedelta(weeks=1))
        await database.make_partitions()

    assert partitions(url)[-1] == "chat_messages_y2026w15"


async def test_messages_lie_in_their_week_and_strays_in_the_default(url: URL) -> None:
    async with SqlDatabase.open(url, clock=FixedClock(WEDNESDAY), sealer=PlainSealer()) as database:
        await add_messages(
            database,
            a_new_message(sent_ms=unix_ms(MONDAY) - 1),
            a_new_message(sent_ms=unix_ms(MONDAY)),
            a_new_message(sent_ms=0),
        )

    assert rows_by_partition(url) == [
        ("chat_messages_default", 1),
        ("chat_messages_y2026w09", 1),
        ("chat_messages_y2026w10", 1),
    ]


async def test_a_week_made_late_takes_its_messages_out_of_the_default(url: URL) -> None:
    late = WEDNESDAY + timedelta(weeks=20)
    clock = FixedClock(WEDNESDAY)
    async with SqlDatabase.open(url, clock=clock, sealer=PlainSealer()) as database:
        new = a_new_message(sent_ms=unix_ms(late))
        await add_messages(database, new)
        assert rows_by_partition(url) == [("chat_messages_default", 1)]

        clock.move(timedelta(weeks=20))
        await database.make_partitions()
        await add_messages(database, new)

        async with database.read() as uow:
            page = await uow.messages.list(MessageFilter(), DeletedFilter(), PageRequest())
    assert page.total == len(page.items) == 1
    assert rows_by_partition(url) == [(name_of(MONDAY + timedelta(weeks=20)), 1)]


async def test_instances_that_start_together_make_each_week_once(
    url: URL, engine: AsyncEngine
) -> None:
    async def make() -> None:
        async with engine.begin() as connection:
            await ensure_partitions(connection, MONDAY, WEDNESDAY)

    await asyncio.gather(*(make() for _ in range(5)))

    assert partitions(url) == ["chat_messages_default", "chat_messages_y2026w10"]
