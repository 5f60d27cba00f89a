from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_clip
from tests.support.fakes import FixedClock
from tests.support.rows import add_clips
from twitchbot.domain.clip import ClipPatch
from twitchbot.domain.errors import ClipNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.usecases.clips.update_clip import UpdateClip
from twitchbot.usecases.ports.unit_of_work import Database


async def test_only_what_the_patch_names_is_changed(database: Database, clock: FixedClock) -> None:
    clip = a_clip(view_count=10)
    await add_clips(database, clip)
    clock.move(timedelta(hours=1))

    patched = await UpdateClip(database, clock)(clip.id, ClipPatch(view_count=11))

    assert patched == replace(clip, view_count=11, updated_at=NOON + timedelta(hours=1))
    async with database.read() as uow:
        assert await uow.clips.get(clip.id) == patched


async def test_a_clip_that_is_not_there_cannot_be_changed(
    database: Database, clock: FixedClock
) -> None:
    unknown = new_id()

    with pytest.raises(ClipNotFoundError, match=str(unknown)):
        await UpdateClip(database, clock)(unknown, ClipPatch())
