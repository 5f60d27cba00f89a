"""What every store of viewers does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.support.builders import NOON, USER_ID, a_new_message, a_stream, a_viewer
from tests.support.rows import add_messages, add_streams, add_viewers
from twitchbot.domain.errors import ViewerAlreadyExistsError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.page import VIEWER_ORDERS, DeletedFilter, PageRequest
from twitchbot.domain.tally import ViewerSighting
from twitchbot.domain.unix_time import unix_ms
from twitchbot.domain.viewer import Viewer
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


def a_sighting(at: datetime = NOON, **changes: object) -> ViewerSighting:
    sighting = ViewerSighting(
        twitch_id=USER_ID,
        username="ronni",
        display_name="Ronni",
        first_ms=unix_ms(at),
        last_ms=unix_ms(at),
        streams={},
    )
    return replace(sighting, **changes)  # type: ignore[arg-type] # any field


async def record(database: Database, *sightings: ViewerSighting) -> None:
    async with database.write() as uow:
        await uow.viewers.record(sightings)


async def ronni(database: Database) -> Viewer:
    async with database.read() as uow:
        viewer = await uow.viewers.get_by_twitch_id(USER_ID)
    assert viewer is not None
    return viewer


async def delete(database: Database, viewer: Viewer) -> None:
    async with database.write() as uow:
        await uow.viewers.update(replace(viewer, deleted_at=NOON))


async def test_a_viewer_comes_back_as_it_was_stored(database: Database) -> None:
    viewer = a_viewer(display_name="Größe ☃", total_messages=2**40, total_streams_watched=3)

    await add_viewers(database, viewer)

    async with database.read() as uow:
        assert await uow.viewers.get(viewer.id) == viewer
        assert await uow.viewers.get_by_twitch_id(viewer.twitch_id) == viewer


async def test_a_twitch_id_is_taken_until_its_viewer_is_deleted(database: Database) -> None:
    first = a_viewer()
    await add_viewers(database, first)

    with pytest.raises(ViewerAlreadyExistsError):
        await add_viewers(database, a_viewer())

    await delete(database, first)
    second = a_viewer()
    await add_viewers(database, second)
    async with database.read() as uow:
        assert await uow.viewers.get(first.id) is None
        assert await uow.viewers.get_by_twitch_id(USER_ID) == second


async def test_an_update_writes_all_but_ids_and_creation(database: Database) -> None:
    viewer = a_viewer()
    await add_viewers(database, viewer)
    changed = replace(
        viewer,
        username="ronni2",
        display_name="R",
        total_messages=5,
        total_streams_watched=6,
        first_seen=NOON - timedelta(days=1),
        last_seen=LATER,
        updated_at=LATER,
    )

    async with database.write() as uow:
        await uow.viewers.update(replace(changed, twitch_id="9", created_at=LATER))

    assert await ronni(database) == changed


@pytest.mark.parametrize("order_by", VIEWER_ORDERS)
async def test_viewers_are_listed_in_any_of_the_orders(database: Database, order_by: str) -> None:
    most = a_viewer(
        twitch_id="1",
        last_seen=LATER,
        first_seen=LATER,
        total_messages=5,
        total_streams_watched=5,
    )
    tied = [a_viewer(twitch_id=twitch_id) for twitch_id in "23"]
    gone = a_viewer(twitch_id="4", deleted_at=NOON)
    await add_viewers(database, *tied, most, gone)

    async with database.read() as uow:
        page = await uow.viewers.list(DeletedFilter(), PageRequest(), order_by)

    assert page.items == [most, *sorted(tied, key=lambda viewer: viewer.id, reverse=True)]
    assert page.total == 3


async def test_a_first_sighting_makes_the_viewer(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    await record(database, a_sighting(streams={stream.id: 2, CHAT_ONLY_STREAM_ID: 1}))

    viewer = await ronni(database)
    assert viewer == a_viewer(id=viewer.id, total_messages=3, total_streams_watched=1)


async def test_a_chatter_who_writes_nothing_becomes_a_viewer_too(database: Database) -> None:
    await record(database, a_sighting())

    viewer = await ronni(database)
    assert (viewer.total_messages, viewer.total_streams_watched) == (0, 0)
    async with database.read() as uow:
        assert await uow.viewers.messages_and_streams(USER_ID) == (0, 0)
        assert (await uow.messages.stats(None)).unique_users == 0


async def test_no_sightings_are_fine(database: Database) -> None:
    await record(database)


async def test_the_newest_names_stay_whatever_comes_in_late(database: Database) -> None:
    await record(database, a_sighting(LATER, username="new", display_name="New"))
    await record(database, a_sighting(NOON, username="old", display_name="Old"))

    viewer = await ronni(database)

    assert (viewer.username, viewer.display_name) == ("new", "New")
    assert (viewer.first_seen, viewer.last_seen) == (NOON, LATER)


async def test_a_sighting_without_names_leaves_the_known_ones(database: Database) -> None:
    await record(database, a_sighting(NOON))
    await record(database, a_sighting(LATER, username="", display_name=""))

    viewer = await ronni(database)

    assert (viewer.username, viewer.display_name) == ("ronni", "Ronni")


async def test_a_stream_counts_once_as_watched(database: Database) -> None:
    first, second = a_stream(), a_stream()
    await add_streams(database, first, second)

    for streams in ({first.id: 1}, {first.id: 4}, {second.id: 1}, {CHAT_ONLY_STREAM_ID: 1}):
        await record(database, a_sighting(streams=streams))

    viewer = await ronni(database)
    assert (viewer.total_messages, viewer.total_streams_watched) == (7, 2)
    async with database.read() as uow:
        assert await uow.viewers.messages_and_streams(USER_ID) == (7, 2)


async def test_a_stream_whose_messages_are_all_forgotten_was_not_watched(
    database: Database,
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await record(database, a_sighting(streams={stream.id: 2, CHAT_ONLY_STREAM_ID: 1}))

    async def forget(stream_id: UUID) -> tuple[int, int]:
        async with database.write() as uow:
            await uow.viewers.forget_messages(USER_ID, stream_id, 1)
        viewer = await ronni(database)
        return viewer.total_messages, viewer.total_streams_watched

    assert await forget(stream.id) == (2, 1)
    assert await forget(stream.id) == (1, 0)
    assert await forget(CHAT_ONLY_STREAM_ID) == (0, 0)
    async with database.read() as uow:
        assert await uow.viewers.messages_and_streams(USER_ID) == (0, 0)
        assert (await uow.messages.stats(None)).unique_users == 0


async def test_counters_never_fall_below_zero(database: Database) -> None:
    await add_messages(database, a_new_message())
    viewer = await ronni(database)
    async with database.write() as uow:
        await uow.viewers.update(replace(viewer, total_messages=0))
        await uow.viewers.forget_messages(USER_ID, CHAT_ONLY_STREAM_ID, 1)

    assert (await ronni(database)).total_messages == 0


async def test_who_returns_after_a_delete_has_all_of_the_stored_messages(
    database: Database,
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(database, a_new_message(stream.id), a_new_message())
    await delete(database, await ronni(database))

    await add_messages(database, a_new_message(stream.id), a_new_message(user_id="2"))

    viewer = await ronni(database)
    assert (viewer.total_messages, viewer.total_streams_watched) == (3, 1)
