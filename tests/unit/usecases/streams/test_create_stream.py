import pytest

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON
from tests.support.fakes import FixedClock
from tests.support.rows import add_joined_channel
from twitchbot.domain.errors import ChannelNotFoundError, StreamAlreadyActiveError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.stream import Stream, StreamChange
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.create_stream import CreateStream
from twitchbot.usecases.streams.stream_router import StreamRouter


@pytest.fixture
def create(database: Database, clock: FixedClock, router: StreamRouter) -> CreateStream:
    return CreateStream(database, clock, router)


async def speedrun(create: CreateStream, channel: str = "") -> Stream:
    return await create(title="Speedrun", game_name="Celeste", game_id="504461", channel=channel)


async def active_streams(database: Database) -> list[Stream]:
    async with database.read() as uow:
        return list(await uow.streams.active())


async def test_a_new_stream_is_active_and_begins_now(
    create: CreateStream, database: Database
) -> None:
    stream = await speedrun(create)

    assert stream.is_active
    assert (stream.started_at, stream.created_at, stream.updated_at) == (NOON, NOON, NOON)
    assert (stream.title, stream.game_name, stream.game_id) == ("Speedrun", "Celeste", "504461")
    async with database.read() as uow:
        assert await uow.streams.get(stream.id) == stream


async def test_title_and_category_begin_the_history_of_a_stream(
    create: CreateStream, database: Database
) -> None:
    stream = await speedrun(create)

    async with database.read() as uow:
        assert await uow.streams.changes(stream.id) == [
            StreamChange(changed_at=NOON, title="Speedrun", game_name="Celeste", game_id="504461")
        ]


async def test_what_is_said_in_a_channel_goes_to_its_new_stream(
    create: CreateStream, database: Database, router: StreamRouter
) -> None:
    await add_joined_channel(database)

    stream = await speedrun(create, CHANNEL)

    assert (stream.channel, stream.channel_id) == (CHANNEL, CHANNEL_ID)
    assert router.stream_of(CHANNEL_ID) == stream.id


async def test_a_stream_needs_a_channel_that_was_joined(
    create: CreateStream, database: Database, router: StreamRouter
) -> None:
    with pytest.raises(ChannelNotFoundError, match=CHANNEL):
        await speedrun(create, CHANNEL)

    assert await active_streams(database) == []


async def test_a_channel_that_is_only_wanted_was_not_joined(
    create: CreateStream, database: Database
) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)

    with pytest.raises(ChannelNotFoundError, match=CHANNEL):
        await speedrun(create, CHANNEL)


async def test_a_channel_has_one_active_stream(
    create: CreateStream, database: Database, router: StreamRouter
) -> None:
    await add_joined_channel(database)
    first = await speedrun(create, CHANNEL)

    with pytest.raises(StreamAlreadyActiveError):
        await speedrun(create, CHANNEL)

    assert await active_streams(database) == [first]
    assert router.stream_of(CHANNEL_ID) == first.id


async def test_streams_of_no_channel_may_be_many_and_hear_no_channel(
    create: CreateStream, database: Database, router: StreamRouter
) -> None:
    one = await speedrun(create)
    other = await speedrun(create)

    assert {stream.id for stream in await active_streams(database)} == {one.id, other.id}
    assert router.stream_of("") == CHAT_ONLY_STREAM_ID
