"""What every store of clips does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_clip, a_stream
from tests.support.rows import add_clips, add_streams
from twitchbot.domain.clip import Clip
from twitchbot.domain.errors import ClipAlreadyExistsError, StreamNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import CLIP_ORDERS, DeletedFilter, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


async def update(database: Database, clip: Clip) -> None:
    async with database.write() as uow:
        await uow.clips.update(clip)


async def test_a_clip_comes_back_as_it_was_stored(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    clip = a_clip(stream_id=stream.id, title="Größe ☃", created_at_twitch=None)

    await add_clips(database, clip)

    async with database.read() as uow:
        assert await uow.clips.get(clip.id) == clip
        assert await uow.clips.get_by_twitch_id(clip.twitch_clip_id) == clip
        assert await uow.clips.get(new_id()) is None


async def test_a_clip_of_an_unknown_stream_is_refused(database: Database) -> None:
    with pytest.raises(StreamNotFoundError):
        await add_clips(database, a_clip(stream_id=new_id()))


async def test_a_clip_id_is_taken_until_its_clip_is_deleted(database: Database) -> None:
    first = a_clip(twitch_clip_id="Salamander")
    await add_clips(database, first)

    with pytest.raises(ClipAlreadyExistsError):
        await add_clips(database, a_clip(twitch_clip_id="Salamander"))

    await update(database, replace(first, deleted_at=NOON))
    second = a_clip(twitch_clip_id="Salamander")
    await add_clips(database, second)
    async with database.read() as uow:
        assert await uow.clips.get(first.id) is None
        assert await uow.clips.get_by_twitch_id("Salamander") == second


async def test_an_update_writes_title_views_and_deletion(database: Database) -> None:
    clip = a_clip()
    await add_clips(database, clip)

    await update(
        database, replace(clip, title="Jump", view_count=2**40, updated_at=LATER, url="other")
    )

    async with database.read() as uow:
        assert await uow.clips.get(clip.id) == replace(
            clip, title="Jump", view_count=2**40, updated_at=LATER
        )


@pytest.mark.parametrize("order_by", CLIP_ORDERS)
async def test_clips_are_listed_in_any_of_the_orders(database: Database, order_by: str) -> None:
    best = a_clip(created_at_twitch=LATER, view_count=99, duration_seconds=60)
    tied = [a_clip() for _ in range(2)]
    worst = a_clip(created_at_twitch=None, view_count=0, duration_seconds=0)
    await add_clips(database, worst, *tied, best, a_clip(deleted_at=NOON))

    async with database.read() as uow:
        page = await uow.clips.list(DeletedFilter(), PageRequest(), order_by, None)

    assert page.items == [best, *sorted(tied, key=lambda clip: clip.id, reverse=True), worst]
    assert page.total == 4


async def test_clips_are_chosen_by_stream(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    clip = a_clip(stream_id=stream.id)
    await add_clips(database, clip, a_clip())

    async with database.read() as uow:
        page = await uow.clips.list(DeletedFilter(), PageRequest(), "view_count", stream.id)

    assert page.items == [clip]
