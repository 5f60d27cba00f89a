from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.builders import NOON, USER_ID, a_new_message, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import MessageNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.message import MessageFilter, NewMessage
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.messages.delete_message import DELETED_BY_API, DeleteMessage
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
def delete(database: Database, clock: FixedClock) -> DeleteMessage:
    clock.move(timedelta(minutes=1))
    return DeleteMessage(database, clock)


def id_of(new: NewMessage) -> UUID:
    return UUID(bytes=new.key)


async def counts(database: Database, stream_id: UUID) -> tuple[int, int, int]:
    """Return the messages of a stream, and Ronni's messages and streams."""
    async with database.read() as uow:
        stream = await uow.streams.get(stream_id)
        viewer = await uow.viewers.get_by_twitch_id(USER_ID)
    assert stream is not None
    assert viewer is not None
    return stream.total_messages, viewer.total_messages, viewer.total_streams_watched


async def test_a_deleted_message_is_shown_on_request_only(
    delete: DeleteMessage, database: Database
) -> None:
    new = a_new_message()
    await add_messages(database, new)

    await delete(id_of(new))

    async with database.read() as uow:
        assert await uow.messages.get(id_of(new)) is None
        page = await uow.messages.list(
            MessageFilter(), DeletedFilter(only_deleted=True), PageRequest()
        )
    deleted = page.items[0]
    assert deleted.deleted_at == NOON + timedelta(minutes=1)
    assert deleted.deleted_by == DELETED_BY_API


async def test_counters_follow_a_delete(delete: DeleteMessage, database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    first, second = a_new_message(stream.id), a_new_message(stream.id)
    await add_messages(database, first, second, a_new_message())

    await delete(id_of(first))
    after_one = await counts(database, stream.id)
    await delete(id_of(second))
    after_both = await counts(database, stream.id)

    assert after_one == (1, 2, 1)
    assert after_both == (0, 1, 0)


async def test_deleting_a_copy_of_shared_chat_lowers_no_counter(
    delete: DeleteMessage, database: Database
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    copy = a_new_message(stream.id, source_channel_id="71092938")
    await add_messages(database, copy, a_new_message(stream.id))

    await delete(id_of(copy))

    assert await counts(database, stream.id) == (1, 1, 1)


async def test_deleting_a_message_without_an_author_lowers_its_stream_only(
    delete: DeleteMessage, database: Database
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    anonymous = a_new_message(stream.id, user_id="")
    await add_messages(database, anonymous, a_new_message(stream.id))

    await delete(id_of(anonymous))

    assert await counts(database, stream.id) == (1, 1, 1)


async def test_a_message_is_deleted_once(delete: DeleteMessage, database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    new = a_new_message(stream.id)
    await add_messages(database, new, a_new_message(stream.id))
    await delete(id_of(new))

    with pytest.raises(MessageNotFoundError, match=str(id_of(new))):
        await delete(id_of(new))

    assert await counts(database, stream.id) == (1, 1, 1)


async def test_a_message_that_is_not_there_cannot_be_deleted(delete: DeleteMessage) -> None:
    with pytest.raises(MessageNotFoundError):
        await delete(new_id())
