from dataclasses import replace
from uuid import UUID

import pytest

from tests.support.builders import NOON, a_clip, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_streams
from twitchbot.domain.clip import Clip
from twitchbot.domain.errors import ClipAlreadyExistsError, StreamNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.usecases.clips.create_clip import CreateClip
from twitchbot.usecases.clips.delete_clip import DeleteClip
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
def create(database: Database, clock: FixedClock) -> CreateClip:
    return CreateClip(database, clock)


async def record(create: CreateClip, stream_id: UUID | None = None) -> Clip:
    return await create(
        stream_id=stream_id,
        twitch_clip_id="AwkwardSalamander",
        title="What a jump",
        url="https://clips.example/AwkwardSalamander",
        embed_url="https://clips.example/embed?clip=AwkwardSalamander",
        thumbnail_url="https://clips.example/AwkwardSalamander.jpg",
        creator_name="Ronni",
        creator_id="1337",
        view_count=10,
        duration_seconds=30,
        created_at_twitch=NOON,
    )


async def test_a_clip_is_stored_as_it_was_given(create: CreateClip, database: Database) -> None:
    clip = await record(create)

    assert clip == replace(a_clip(twitch_clip_id="AwkwardSalamander"), id=clip.id)
    async with database.read() as uow:
        assert await uow.clips.get(clip.id) == clip


async def test_a_clip_may_belong_to_a_stream(create: CreateClip, database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    clip = await record(create, stream.id)

    assert clip.stream_id == stream.id


async def test_a_clip_cannot_belong_to_a_stream_that_is_not_there(
    create: CreateClip, database: Database
) -> None:
    unknown = new_id()

    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await record(create, unknown)

    async with database.read() as uow:
        assert await uow.clips.get_by_twitch_id("AwkwardSalamander") is None


async def test_a_clip_is_recorded_once(create: CreateClip) -> None:
    await record(create)

    with pytest.raises(ClipAlreadyExistsError):
        await record(create)


async def test_a_deleted_clip_can_be_recorded_again(
    create: CreateClip, database: Database, clock: FixedClock
) -> None:
    first = await record(create)
    await DeleteClip(database, clock)(first.id)

    second = await record(create)

    assert second.id != first.id
