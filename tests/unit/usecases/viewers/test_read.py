from datetime import timedelta

import pytest

from tests.support.builders import NOON, USER_ID, a_new_message, a_stream, a_viewer
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams, add_viewers
from twitchbot.domain.errors import ViewerNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.viewer import ViewerStats
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.viewers.read import (
    GetViewer,
    GetViewerByTwitchId,
    GetViewerStats,
    ListViewers,
)


async def test_a_viewer_is_found_by_our_id_and_by_twitchs(database: Database) -> None:
    viewer = a_viewer()
    await add_viewers(database, viewer)

    assert await GetViewer(database)(viewer.id) == viewer
    assert await GetViewerByTwitchId(database)(USER_ID) == viewer


async def test_a_viewer_who_is_not_there_is_not_found(
    database: Database, clock: FixedClock
) -> None:
    unknown = new_id()

    with pytest.raises(ViewerNotFoundError, match=str(unknown)):
        await GetViewer(database)(unknown)
    with pytest.raises(ViewerNotFoundError, match=str(unknown)):
        await GetViewerStats(database, clock)(unknown)
    with pytest.raises(ViewerNotFoundError, match="4711"):
        await GetViewerByTwitchId(database)("4711")


async def test_viewers_are_listed_in_the_order_asked_for(database: Database) -> None:
    quiet = a_viewer(twitch_id="1", total_messages=1, last_seen=NOON)
    lively = a_viewer(twitch_id="2", total_messages=9, last_seen=NOON - timedelta(hours=1))
    await add_viewers(database, quiet, lively)
    list_viewers = ListViewers(database)

    by_messages = await list_viewers(DeletedFilter(), PageRequest(), "total_messages")
    by_last_seen = await list_viewers(DeletedFilter(), PageRequest(limit=1), "last_seen")

    assert by_messages.items == [lively, quiet]
    assert by_last_seen.items == [quiet]
    assert by_last_seen.total == 2


async def test_figures_are_computed_from_what_is_stored(
    database: Database, clock: FixedClock
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(
        database, a_new_message(stream.id), a_new_message(stream.id), a_new_message()
    )
    viewer = await GetViewerByTwitchId(database)(USER_ID)
    clock.move(timedelta(hours=47))

    stats = await GetViewerStats(database, clock)(viewer.id)

    assert stats == ViewerStats(
        total_messages=3,
        total_streams_watched=1,
        days_since_first_seen=1,
        days_since_last_seen=1,
    )
