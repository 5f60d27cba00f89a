from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_viewer
from tests.support.fakes import FixedClock
from tests.support.rows import add_viewers
from twitchbot.domain.errors import ViewerNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.viewers.delete_viewer import DeleteViewer

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def delete(database: Database, clock: FixedClock) -> DeleteViewer:
    clock.move(timedelta(hours=1))
    return DeleteViewer(database, clock)


async def test_a_deleted_viewer_is_shown_on_request_only(
    delete: DeleteViewer, database: Database
) -> None:
    viewer = a_viewer()
    await add_viewers(database, viewer)

    await delete(viewer.id)

    async with database.read() as uow:
        assert await uow.viewers.get(viewer.id) is None
        assert await uow.viewers.get_by_twitch_id(viewer.twitch_id) is None
        page = await uow.viewers.list(DeletedFilter(only_deleted=True), PageRequest(), "last_seen")
    assert page.items == [replace(viewer, deleted_at=LATER, updated_at=LATER)]


async def test_a_viewer_is_deleted_once(delete: DeleteViewer, database: Database) -> None:
    viewer = a_viewer()
    await add_viewers(database, viewer)
    await delete(viewer.id)

    with pytest.raises(ViewerNotFoundError, match=str(viewer.id)):
        await delete(viewer.id)


async def test_a_viewer_who_is_not_there_cannot_be_deleted(delete: DeleteViewer) -> None:
    with pytest.raises(ViewerNotFoundError):
        await delete(new_id())
