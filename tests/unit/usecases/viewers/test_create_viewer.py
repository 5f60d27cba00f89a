from dataclasses import replace

import pytest

from tests.support.builders import NOON, USER_ID, a_new_message, a_stream, a_viewer
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import ViewerAlreadyExistsError
from twitchbot.domain.viewer import Viewer
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.viewers.create_viewer import CreateViewer
from twitchbot.usecases.viewers.delete_viewer import DeleteViewer


@pytest.fixture
def create(database: Database, clock: FixedClock) -> CreateViewer:
    return CreateViewer(database, clock)


async def ronni(create: CreateViewer) -> Viewer:
    return await create(twitch_id=USER_ID, username="ronni", display_name="Ronni")


async def test_a_new_viewer_was_seen_now_and_has_not_written(
    create: CreateViewer, database: Database
) -> None:
    viewer = await ronni(create)

    assert viewer == replace(a_viewer(first_seen=NOON, last_seen=NOON), id=viewer.id)
    async with database.read() as uow:
        assert await uow.viewers.get(viewer.id) == viewer


async def test_a_twitch_id_belongs_to_one_viewer(create: CreateViewer, database: Database) -> None:
    await add_messages(database, a_new_message(user_id=USER_ID))

    with pytest.raises(ViewerAlreadyExistsError):
        await ronni(create)


async def test_a_deleted_viewer_can_be_created_again_and_what_they_wrote_counts(
    create: CreateViewer, database: Database, clock: FixedClock
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    first = await ronni(create)
    await add_messages(database, a_new_message(stream.id, user_id=USER_ID), a_new_message())
    await DeleteViewer(database, clock)(first.id)

    second = await ronni(create)

    assert second.id != first.id
    assert (second.total_messages, second.total_streams_watched) == (2, 1)
