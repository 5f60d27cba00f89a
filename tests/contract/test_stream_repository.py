"""What every store of streams does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON, a_new_message, a_stream
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import StreamAlreadyActiveError, StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.stream import EndedReason, Stream, StreamChange, StreamStats
from twitchbot.usecases.ports.unit_of_work import Database

ALIVE = DeletedFilter()
LATER = NOON + timedelta(hours=1)


async def update(database: Database, stream: Stream) -> None:
    async with database.write() as uow:
        await uow.streams.update(stream)


async def get(database: Database, stream: Stream) -> Stream | None:
    async with database.read() as uow:
        return await uow.streams.get(stream.id)


async def listed(database: Database, deleted: DeletedFilter = ALIVE, **chosen: object) -> list[str]:
    async with database.read() as uow:
        page = await uow.streams.list(deleted, PageRequest(), **chosen)  # type: ignore[arg-type] # any filter
    assert page.total == len(page.items)
    return [stream.title for stream in page.items if not stream.is_chat_only]


async def test_a_stream_comes_back_as_it_was_stored(database: Database) -> None:
    stream = a_stream(
        channel_id=CHANNEL_ID,
        channel=CHANNEL,
        twitch_stream_id="42",
        title="Größe ☃",
        ended_at=LATER,
        ended_reason=EndedReason.OFFLINE,
        offline_since=NOON + timedelta(microseconds=1),
        peak_viewers=2**31,
        average_viewers=7,
        total_messages=2**40,
    )

    await add_streams(database, stream)

    assert await get(database, stream) == stream


async def test_the_chat_only_stream_is_there_from_the_start(database: Database) -> None:
    async with database.read() as uow:
        stream = await uow.streams.get(CHAT_ONLY_STREAM_ID)

    assert stream is not None
    assert stream.is_active
    assert (stream.title, stream.game_name, stream.game_id) == (
        "Chat-Only Messages",
        "Just Chatting",
        "509658",
    )


async def test_a_channel_has_one_active_stream(database: Database) -> None:
    first = a_stream(channel_id=CHANNEL_ID)
    await add_streams(database, first)

    with pytest.raises(StreamAlreadyActiveError):
        await add_streams(database, a_stream(channel_id=CHANNEL_ID))

    await update(database, first.ended(LATER, EndedReason.OFFLINE))
    second = a_stream(channel_id=CHANNEL_ID)
    await add_streams(database, second)
    await update(database, second.deleted(LATER))
    await add_streams(database, a_stream(channel_id=CHANNEL_ID))


async def test_any_number_of_streams_without_a_channel_are_active(database: Database) -> None:
    await add_streams(database, a_stream(), a_stream())


async def test_an_ended_stream_cannot_go_on_beside_the_channels_next_one(
    database: Database,
) -> None:
    first = a_stream(channel_id=CHANNEL_ID, ended_at=NOON)
    await add_streams(database, first, a_stream(channel_id=CHANNEL_ID))

    with pytest.raises(StreamAlreadyActiveError):
        await update(database, replace(first, ended_at=None))


async def test_streams_come_newest_first_and_are_chosen_by_what_is_given(
    database: Database,
) -> None:
    await add_streams(
        database,
        a_stream(title="old", channel="pajlada", started_at=NOON - timedelta(days=2)),
        a_stream(title="ended", ended_at=NOON, started_at=NOON - timedelta(days=1)),
        a_stream(title="deleted", deleted_at=NOON, started_at=NOON - timedelta(hours=1)),
        a_stream(title="new", channel=CHANNEL, game_name="ÉCLAIR"),
    )

    assert await listed(database) == ["new", "ended", "old"]
    assert await listed(database, only_active=True) == ["new", "old"]
    assert await listed(database, game_name="éclair") == ["new"]
    assert await listed(database, channel="pajlada") == ["old"]
    assert await listed(database, DeletedFilter(only_deleted=True)) == ["deleted"]
    everything = DeletedFilter(include_deleted=True)
    assert await listed(database, everything) == ["new", "deleted", "ended", "old"]


async def test_active_streams_leave_chat_only_out(database: Database) -> None:
    older = a_stream(started_at=NOON - timedelta(hours=1))
    newer = a_stream()
    await add_streams(database, older, newer, a_stream(ended_at=NOON), a_stream(deleted_at=NOON))

    async with database.read() as uow:
        assert await uow.streams.active() == [newer, older]


async def test_the_last_session_of_a_broadcast_is_found_active_ended_or_deleted(
    database: Database,
) -> None:
    first = a_stream(channel_id=CHANNEL_ID, twitch_stream_id="42", ended_at=NOON)
    second = replace(first, id=new_id(), started_at=LATER, deleted_at=LATER)
    await add_streams(database, first, second, a_stream(channel_id="9", twitch_stream_id="42"))

    async with database.read() as uow:
        assert await uow.streams.last_of(CHANNEL_ID, "42") == second
        assert await uow.streams.last_of(CHANNEL_ID, "43") is None


async def test_an_update_leaves_the_message_count_alone(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(database, a_new_message(stream.id))

    await update(database, replace(stream, title="Any%", game_name="Hades", total_messages=99))

    assert await get(database, stream) == replace(
        stream, title="Any%", game_name="Hades", total_messages=1
    )
    assert await listed(database, game_name="hades") == ["Any%"]


async def test_a_deleted_stream_is_gone(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    await update(database, stream.deleted(LATER))

    assert await get(database, stream) is None


async def test_message_counts_go_up_and_down(database: Database) -> None:
    first, second = a_stream(), a_stream()
    await add_streams(database, first, second)

    async with database.write() as uow:
        await uow.streams.add_messages({first.id: 5, second.id: 7})
        await uow.streams.add_messages({first.id: -2})
        await uow.streams.add_messages({})

    after = [await get(database, stream) for stream in (first, second)]
    assert [stream.total_messages for stream in after if stream] == [3, 7]


async def test_the_history_is_kept_in_order_even_within_one_moment(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    entries = [
        StreamChange(changed_at=NOON, title=title, game_name="Hades", game_id="1")
        for title in ("first", "second", "third")
    ]

    async with database.write() as uow:
        for entry in entries:
            await uow.streams.add_change(stream.id, entry)

    async with database.read() as uow:
        assert await uow.streams.changes(stream.id) == entries
        assert await uow.streams.changes(new_id()) == []


async def test_a_change_of_an_unknown_stream_is_refused(database: Database) -> None:
    change = StreamChange(changed_at=NOON, title="", game_name="", game_id="")

    with pytest.raises(StreamNotFoundError):
        async with database.write() as uow:
            await uow.streams.add_change(new_id(), change)


async def test_samples_set_peak_and_average(database: Database) -> None:
    stream = a_stream(peak_viewers=5, average_viewers=5)
    await add_streams(database, stream)

    async with database.write() as uow:
        for minute, viewers in enumerate((100, 200, 101, 101)):
            await uow.streams.add_sample(stream.id, NOON + timedelta(minutes=minute), viewers)

    sampled = await get(database, stream)
    assert sampled is not None
    assert (sampled.peak_viewers, sampled.average_viewers) == (200, 126)


async def test_a_second_sample_of_one_moment_replaces_the_first(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    async with database.write() as uow:
        await uow.streams.add_sample(stream.id, NOON, 100)
        await uow.streams.add_sample(stream.id, NOON, 10)

    sampled = await get(database, stream)
    assert sampled is not None
    assert sampled.peak_viewers == 10


async def test_figures_come_from_what_is_stored(database: Database) -> None:
    stream = a_stream(peak_viewers=5, average_viewers=4)
    await add_streams(database, stream)
    await add_messages(
        database,
        a_new_message(stream.id),
        a_new_message(stream.id),
        a_new_message(stream.id, user_id="2"),
        a_new_message(stream.id, user_id="3", source_channel_id="9"),
    )

    async with database.read() as uow:
        live = await uow.streams.stats(stream.id, NOON + timedelta(seconds=90, milliseconds=900))
        unknown = await uow.streams.stats(new_id(), NOON)

    assert live == StreamStats(
        peak_viewers=5, average_viewers=4, total_messages=3, unique_viewers=2, duration_seconds=90
    )
    assert unknown is None
    await update(database, stream.ended(NOON + timedelta(seconds=30), EndedReason.API))
    async with database.read() as uow:
        over = await uow.streams.stats(stream.id, LATER)
    assert over is not None
    assert over.duration_seconds == 30
