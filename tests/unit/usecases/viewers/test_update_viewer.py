from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_viewer
from tests.support.fakes import FixedClock
from tests.support.rows import add_viewers
from twitchbot.domain.errors import ViewerNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.viewer import ViewerPatch
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.viewers.update_viewer import UpdateViewer


async def test_only_what_the_patch_names_is_changed(database: Database, clock: FixedClock) -> None:
    viewer = a_viewer(total_messages=5)
    await add_viewers(database, viewer)
    clock.move(timedelta(hours=1))

    patched = await UpdateViewer(database, clock)(
        viewer.id, ViewerPatch(display_name="RONNI", total_messages=0)
    )

    assert patched == replace(
        viewer, display_name="RONNI", total_messages=0, updated_at=NOON + timedelta(hours=1)
    )
    async with database.read() as uow:
        assert await uow.viewers.get(viewer.id) == patched


async def test_a_viewer_who_is_not_there_cannot_be_changed(
    database: Database, clock: FixedClock
) -> None:
    unknown = new_id()

    with pytest.raises(ViewerNotFoundError, match=str(unknown)):
        await UpdateViewer(database, clock)(unknown, ViewerPatch())
