"""Every list can be walked by cursor or by offset, and both ways meet each row exactly once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.builders import (
    CHANNEL_ID,
    NOON,
    a_clip,
    a_command,
    a_new_message,
    a_stream,
    a_viewer,
)
from tests.support.discarding import discarded
from tests.support.rows import add_viewers
from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import CLIP_ORDERS, VIEWER_ORDERS, DeletedFilter, Page, PageRequest
from twitchbot.domain.search import parse_query
from twitchbot.domain.tally import ChannelSighting
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.unit_of_work import Database, Repositories

ALIVE = DeletedFilter()
NOON_MS = unix_ms(NOON)

# So few that many rows are alike, which is where a walk would stumble.
FEW = st.integers(0, 2)
ROWS = st.lists(st.tuples(FEW, FEW), max_size=9)
STEPS = st.integers(1, 4)

PageOf = Callable[[PageRequest], Awaitable[Page[Any]]]

one_example_each = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def after_noon(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def walk_by_cursor(page_of: PageOf, step: int) -> list[Any]:
    page = await page_of(PageRequest(limit=step))
    met = list(page.items)
    while page.next is not None:
        assert len(page.items) == step
        page = await page_of(PageRequest(limit=step, after=page.next))
        met += page.items
    return met


async def walk_by_offset(page_of: PageOf, step: int) -> list[Any]:
    page = await page_of(PageRequest(limit=step))
    met: list[Any] = []
    while page.items:
        met += page.items
        page = await page_of(PageRequest(limit=step, offset=len(met)))
    assert page.total == len(met)
    return met


async def check_walks(page_of: PageOf, step: int, rows: int) -> None:
    at_once = await page_of(PageRequest(limit=1000))
    assert len(at_once.items) == at_once.total == rows
    assert len({item.id for item in at_once.items}) == rows
    assert at_once.next is None
    assert await walk_by_cursor(page_of, step) == at_once.items
    assert await walk_by_offset(page_of, step) == at_once.items


async def store(uow: Repositories, rows: list[tuple[int, int]]) -> None:
    await store_messages(
        uow,
        [a_new_message(text="word", sent_ms=NOON_MS + ms, user_id=str(who)) for ms, who in rows],
    )


@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_messages(database: Database, rows: list[tuple[int, int]], step: int) -> None:
    async with discarded(database) as uow:
        await store(uow, rows)

        await check_walks(
            lambda page: uow.messages.list(MessageFilter(), ALIVE, page), step, len(rows)
        )
        of_nobody = sum(who == 0 for _, who in rows)
        await check_walks(
            lambda page: uow.messages.list(MessageFilter(user_id="0"), ALIVE, page), step, of_nobody
        )


@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_search_results(database: Database, rows: list[tuple[int, int]], step: int) -> None:
    query = parse_query("word")
    async with discarded(database) as uow:
        await store(uow, rows)

        await check_walks(
            lambda page: uow.messages.search(query, MessageFilter(), page), step, len(rows)
        )


@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_streams(database: Database, rows: list[tuple[int, int]], step: int) -> None:
    async with discarded(database) as uow:
        for second, _ in rows:
            await uow.streams.add(a_stream(started_at=after_noon(second), game_name="Hades"))

        await check_walks(
            lambda page: uow.streams.list(ALIVE, page, game_name="hades"), step, len(rows)
        )


@pytest.mark.parametrize("order_by", VIEWER_ORDERS)
@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_viewers(
    database: Database, order_by: str, rows: list[tuple[int, int]], step: int
) -> None:
    async with discarded(database) as uow:
        for number, (second, count) in enumerate(rows):
            viewer = a_viewer(
                twitch_id=str(number),
                first_seen=after_noon(second),
                last_seen=after_noon(second),
                total_messages=count,
                total_streams_watched=count,
            )
            await uow.viewers.add(viewer)

        await check_walks(lambda page: uow.viewers.list(ALIVE, page, order_by), step, len(rows))


@pytest.mark.parametrize("order_by", CLIP_ORDERS)
@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_clips(
    database: Database, order_by: str, rows: list[tuple[int, int]], step: int
) -> None:
    async with discarded(database) as uow:
        for second, count in rows:
            clip = a_clip(
                created_at_twitch=after_noon(second) if second else None,
                view_count=count,
                duration_seconds=count,
            )
            await uow.clips.add(clip)

        await check_walks(lambda page: uow.clips.list(ALIVE, page, order_by, None), step, len(rows))


@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_commands(database: Database, rows: list[tuple[int, int]], step: int) -> None:
    everything = DeletedFilter(include_deleted=True)
    async with discarded(database) as uow:
        for letter, _ in rows:
            # Deleted ones may share a name.
            await uow.commands.add(a_command(name=f"!{'aéz'[letter]}", deleted_at=NOON))

        await check_walks(lambda page: uow.commands.list(everything, page), step, len(rows))


@one_example_each
@given(rows=ROWS, step=STEPS)
async def test_channel_viewers(database: Database, rows: list[tuple[int, int]], step: int) -> None:
    sightings = [
        ChannelSighting(
            channel_id=CHANNEL_ID,
            twitch_id=str(number),
            username="",
            display_name="",
            first_ms=NOON_MS,
            last_ms=NOON_MS + ms,
            is_moderator=None,
            is_vip=None,
        )
        for number, (ms, _) in enumerate(rows)
    ]
    async with discarded(database) as uow:
        await uow.channel_viewers.record(sightings)

        await check_walks(lambda page: uow.channel_viewers.list(CHANNEL_ID, page), step, len(rows))


async def test_a_row_that_comes_in_meanwhile_does_not_disturb_a_walk_by_cursor(
    database: Database,
) -> None:
    async with discarded(database) as uow:
        await store(uow, [(1, 1), (2, 1), (3, 1)])
        first = await uow.messages.list(MessageFilter(), ALIVE, PageRequest(limit=2))
        await store(uow, [(4, 1)])

        second = await uow.messages.list(
            MessageFilter(), ALIVE, PageRequest(limit=2, after=first.next)
        )

    assert [item.message.sent_ms - NOON_MS for item in (*first.items, *second.items)] == [3, 2, 1]


@pytest.mark.parametrize("cursor", [(), (1,), ("x", "y"), (2**70, "0" * 32), (1, 2, 3)])
async def test_a_cursor_of_another_list_is_refused(
    database: Database, cursor: tuple[str | int, ...]
) -> None:
    await add_viewers(database, a_viewer())

    with pytest.raises(InvalidInputError):
        async with database.read() as uow:
            await uow.viewers.list(ALIVE, PageRequest(after=cursor), "last_seen")


async def test_an_offset_beyond_all_rows_gives_an_empty_page(database: Database) -> None:
    await add_viewers(database, a_viewer())

    async with database.read() as uow:
        page = await uow.viewers.list(ALIVE, PageRequest(offset=2**31 - 1), "last_seen")
        beyond = await uow.viewers.list(ALIVE, PageRequest(offset=2**63), "last_seen")

    assert (page.items, page.total, page.next) == ([], 1, None)
    assert beyond.items == []
