from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_clip
from tests.support.fakes import FixedClock
from tests.support.rows import add_clips
from twitchbot.domain.errors import ClipNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.clips.delete_clip import DeleteClip
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def delete(database: Database, clock: FixedClock) -> DeleteClip:
    clock.move(timedelta(hours=1))
    return DeleteClip(database, clock)


async def test_a_deleted_clip_is_shown_on_request_only(
    delete: DeleteClip, database: Database
) -> None:
    clip = a_clip()
    await add_clips(database, clip)

    await delete(clip.id)

    async with database.read() as uow:
        assert await uow.clips.get(clip.id) is None
        page = await uow.clips.list(
            DeletedFilter(only_deleted=True), PageRequest(), "view_count", None
        )
    assert page.items == [replace(clip, deleted_at=LATER, updated_at=LATER)]


async def test_a_clip_is_deleted_once(delete: DeleteClip, database: Database) -> None:
    clip = a_clip()
    await add_clips(database, clip)
    await delete(clip.id)

    with pytest.raises(ClipNotFoundError, match=str(clip.id)):
        await delete(clip.id)


async def test_a_clip_that_is_not_there_cannot_be_deleted(delete: DeleteClip) -> None:
    with pytest.raises(ClipNotFoundError):
        await delete(new_id())
