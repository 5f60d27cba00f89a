from datetime import timedelta

import pytest

from tests.support.builders import CHANNEL_ID, NOON, a_new_message, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import ChatOnlyStreamProtectedError, StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.stream import EndedReason
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.delete_stream import DeleteStream
from twitchbot.usecases.streams.stream_router import StreamRouter


@pytest.fixture
def delete(database: Database, clock: FixedClock, router: StreamRouter) -> DeleteStream:
    return DeleteStream(database, clock, router)


async def test_a_deleted_stream_is_ended_and_shown_on_request_only(
    delete: DeleteStream, database: Database, clock: FixedClock
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    clock.move(timedelta(hours=2))

    await delete(stream.id)

    only_deleted = DeletedFilter(only_deleted=True)
    async with database.read() as uow:
        assert await uow.streams.get(stream.id) is None
        page = await uow.streams.list(only_deleted, PageRequest())
    assert page.items == [stream.deleted(NOON + timedelta(hours=2))]
    assert page.items[0].ended_reason is EndedReason.DELETED


async def test_what_is_said_after_the_delete_goes_to_chat_only(
    delete: DeleteStream, database: Database, router: StreamRouter
) -> None:
    stream = a_stream(channel_id=CHANNEL_ID)
    await add_streams(database, stream)
    router.open(stream)

    await delete(stream.id)

    assert router.stream_of(CHANNEL_ID) == CHAT_ONLY_STREAM_ID


async def test_the_messages_of_a_deleted_stream_stay(
    delete: DeleteStream, database: Database
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(database, a_new_message(stream.id))

    await delete(stream.id)

    async with database.read() as uow:
        page = await uow.messages.list(MessageFilter(), DeletedFilter(), PageRequest())
    assert [stored.stream_id for stored in page.items] == [stream.id]


async def test_a_stream_is_deleted_once(delete: DeleteStream, database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await delete(stream.id)

    with pytest.raises(StreamNotFoundError, match=str(stream.id)):
        await delete(stream.id)


async def test_the_chat_only_stream_cannot_be_deleted(
    delete: DeleteStream, database: Database
) -> None:
    with pytest.raises(ChatOnlyStreamProtectedError):
        await delete(CHAT_ONLY_STREAM_ID)

    async with database.read() as uow:
        assert await uow.streams.get(CHAT_ONLY_STREAM_ID) is not None


async def test_a_stream_that_is_not_there_cannot_be_deleted(delete: DeleteStream) -> None:
    with pytest.raises(StreamNotFoundError):
        await delete(new_id())
