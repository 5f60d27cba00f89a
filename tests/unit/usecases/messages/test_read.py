from uuid import UUID

import pytest

from tests.support.builders import a_new_message, a_stream
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import MessageNotFoundError, StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.message import MessageFilter, MessageStats
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.messages.read import GetMessage, GetMessageStats, ListMessages
from twitchbot.usecases.ports.unit_of_work import Database


async def test_a_message_is_returned_as_it_was_said(database: Database) -> None:
    new = a_new_message(tags={"client-nonce": "abc"}, badges="vip/1", bits=100, is_action=True)
    await add_messages(database, new)

    stored = await GetMessage(database)(UUID(bytes=new.key))

    assert stored.message == new.message
    assert (stored.stream_id, stored.deleted_at) == (CHAT_ONLY_STREAM_ID, None)


async def test_a_message_that_is_not_there_is_not_found(database: Database) -> None:
    unknown = new_id()

    with pytest.raises(MessageNotFoundError, match=str(unknown)):
        await GetMessage(database)(unknown)


async def test_messages_are_listed_newest_first_by_who_wrote_them(database: Database) -> None:
    await add_messages(
        database,
        a_new_message(user_id="1", text="first", sent_ms=1),
        a_new_message(user_id="2", text="second", sent_ms=2),
        a_new_message(user_id="1", text="third", sent_ms=3),
    )

    page = await ListMessages(database)(
        MessageFilter(user_id="1"), DeletedFilter(), PageRequest(limit=1)
    )

    assert [stored.message.text for stored in page.items] == ["third"]
    assert page.total == 2


async def test_figures_are_of_one_stream_or_of_all(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(
        database,
        a_new_message(stream.id, user_id="1", username="one"),
        a_new_message(user_id="2", username="two"),
        a_new_message(user_id="2", username="two"),
    )
    get_stats = GetMessageStats(database)

    assert await get_stats(stream.id) == MessageStats(
        total_messages=1, unique_users=1, most_active_user="one", most_active_user_count=1
    )
    assert await get_stats(None) == MessageStats(
        total_messages=3, unique_users=2, most_active_user="two", most_active_user_count=2
    )


async def test_a_stream_without_messages_has_figures_of_nothing(database: Database) -> None:
    stats = await GetMessageStats(database)(CHAT_ONLY_STREAM_ID)

    assert stats == MessageStats(
        total_messages=0, unique_users=0, most_active_user="", most_active_user_count=0
    )


async def test_a_stream_that_is_not_there_has_no_figures(database: Database) -> None:
    unknown = new_id()

    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await GetMessageStats(database)(unknown)
