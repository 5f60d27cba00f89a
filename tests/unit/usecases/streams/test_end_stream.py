from datetime import timedelta

import pytest

from tests.support.builders import CHANNEL_ID, NOON, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_streams
from twitchbot.domain.errors import (
    ChatOnlyStreamProtectedError,
    StreamAlreadyEndedError,
    StreamNotFoundError,
)
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.stream import EndedReason
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.end_stream import EndStream
from twitchbot.usecases.streams.stream_router import StreamRouter


@pytest.fixture
def end(database: Database, clock: FixedClock, router: StreamRouter) -> EndStream:
    return EndStream(database, clock, router)


async def test_a_stream_ends_now(end: EndStream, database: Database, clock: FixedClock) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    clock.move(timedelta(hours=2))

    ended = await end(stream.id)

    assert ended == stream.ended(NOON + timedelta(hours=2), EndedReason.API)
    async with database.read() as uow:
        assert await uow.streams.get(stream.id) == ended


async def test_what_is_said_after_the_end_goes_to_chat_only(
    end: EndStream, database: Database, router: StreamRouter
) -> None:
    stream = a_stream(channel_id=CHANNEL_ID)
    await add_streams(database, stream)
    router.open(stream)

    await end(stream.id)

    assert router.stream_of(CHANNEL_ID) == CHAT_ONLY_STREAM_ID


async def test_an_ended_stream_cannot_be_ended_again(
    end: EndStream, database: Database, clock: FixedClock
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    ended = await end(stream.id)
    clock.move(timedelta(hours=1))

    with pytest.raises(StreamAlreadyEndedError):
        await end(stream.id)

    async with database.read() as uow:
        assert await uow.streams.get(stream.id) == ended


async def test_the_chat_only_stream_cannot_be_ended(end: EndStream) -> None:
    with pytest.raises(ChatOnlyStreamProtectedError):
        await end(CHAT_ONLY_STREAM_ID)


async def test_a_stream_that_is_not_there_cannot_be_ended(end: EndStream) -> None:
    unknown = new_id()

    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await end(unknown)
