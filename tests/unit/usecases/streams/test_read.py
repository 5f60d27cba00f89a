from datetime import UTC, datetime, timedelta

import pytest

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON, a_new_message, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import NoActiveStreamError, StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.stream import EndedReason, StreamStats
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.read import (
    GetActiveStream,
    GetStream,
    GetStreamStats,
    ListStreams,
)

HOUR = timedelta(hours=1)


async def test_a_stream_is_returned_with_its_history(database: Database) -> None:
    stream = a_stream()
    change = stream.as_change()
    await add_streams(database, stream)
    async with database.write() as uow:
        await uow.streams.add_change(stream.id, change)

    found, changes = await GetStream(database)(stream.id)

    assert found == stream
    assert changes == [change]


async def test_a_stream_that_is_not_there_is_not_found(
    database: Database, clock: FixedClock
) -> None:
    unknown = new_id()

    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await GetStream(database)(unknown)
    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await GetStreamStats(database, clock)(unknown)


async def test_streams_are_listed_by_activity_game_and_channel(database: Database) -> None:
    chess = a_stream(game_name="Chess", channel=CHANNEL, channel_id=CHANNEL_ID)
    over = a_stream(game_name="Chess").ended(NOON, EndedReason.API)
    await add_streams(database, chess, over, a_stream())
    list_streams = ListStreams(database)

    page = await list_streams(
        DeletedFilter(), PageRequest(), only_active=True, game_name="CHESS", channel=""
    )
    of_channel = await list_streams(
        DeletedFilter(), PageRequest(), only_active=False, game_name="", channel=CHANNEL
    )
    everything = await list_streams(
        DeletedFilter(), PageRequest(limit=1), only_active=False, game_name="", channel=""
    )

    assert page.items == [chess]
    assert of_channel.items == [chess]
    assert (len(everything.items), everything.total) == (1, 4)


async def test_the_newest_active_stream_is_the_active_one(database: Database) -> None:
    older = a_stream(started_at=NOON - HOUR)
    newer = a_stream(started_at=NOON)
    over = a_stream(started_at=NOON + HOUR).ended(NOON + HOUR, EndedReason.API)
    await add_streams(database, older, newer, over)

    assert await GetActiveStream(database)() == newer


async def test_a_stream_older_than_the_installation_is_preferred_to_chat_only(
    database: Database,
) -> None:
    old = a_stream(started_at=datetime(1969, 12, 31, tzinfo=UTC))
    await add_streams(database, old)

    assert await GetActiveStream(database)() == old


async def test_while_nothing_is_live_the_chat_only_stream_is_active(database: Database) -> None:
    stream = await GetActiveStream(database)()

    assert stream.id == CHAT_ONLY_STREAM_ID
    assert (stream.title, stream.game_name) == ("Chat-Only Messages", "Just Chatting")
    assert stream.game_id == "509658"


async def test_a_channel_has_its_own_active_stream(database: Database) -> None:
    theirs = a_stream(channel=CHANNEL, channel_id=CHANNEL_ID, started_at=NOON - HOUR)
    await add_streams(database, theirs, a_stream(started_at=NOON))

    assert await GetActiveStream(database)(CHANNEL) == theirs


async def test_a_channel_that_is_not_live_has_no_active_stream(database: Database) -> None:
    await add_streams(database, a_stream())

    with pytest.raises(NoActiveStreamError, match=CHANNEL):
        await GetActiveStream(database)(CHANNEL)


async def test_figures_are_computed_from_what_is_stored(
    database: Database, clock: FixedClock
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(
        database,
        a_new_message(stream.id, user_id="1"),
        a_new_message(stream.id, user_id="1"),
        a_new_message(stream.id, user_id="2"),
        a_new_message(user_id="3"),
    )
    async with database.write() as uow:
        await uow.streams.add_sample(stream.id, NOON, 10)
        await uow.streams.add_sample(stream.id, NOON + HOUR, 20)
    clock.move(2 * HOUR)

    stats = await GetStreamStats(database, clock)(stream.id)

    assert stats == StreamStats(
        peak_viewers=20,
        average_viewers=15,
        total_messages=3,
        unique_viewers=2,
        duration_seconds=7200,
    )
