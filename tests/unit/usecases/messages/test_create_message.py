from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON, USER, USER_ID, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_joined_channel, add_streams
from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id, unix_ms_of
from twitchbot.domain.message import StoredMessage
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.messages.create_message import CreateMessage
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
def create(database: Database, clock: FixedClock) -> CreateMessage:
    return CreateMessage(database, clock)


async def say(
    create: CreateMessage, stream_id: UUID | None = None, **changes: Any
) -> StoredMessage:
    request: dict[str, Any] = {
        "channel": "",
        "user_id": USER_ID,
        "username": USER,
        "display_name": "Ronni",
        "text": "hello there",
        "is_moderator": False,
        "is_subscriber": False,
        "is_vip": False,
        "is_broadcaster": False,
    }
    return await create(stream_id=stream_id, **request | changes)


async def test_a_message_is_stored_as_said_now(
    create: CreateMessage, database: Database, clock: FixedClock
) -> None:
    clock.move(timedelta(microseconds=1_234_567))

    stored = await say(create, text="hi", is_moderator=True, is_subscriber=True)

    message = stored.message
    assert message.text == "hi"
    assert (message.is_moderator, message.is_subscriber) == (True, True)
    assert (message.is_vip, message.is_broadcaster) == (False, False)
    assert message.sent_at == NOON + timedelta(milliseconds=1234)
    assert message.received_at == NOON + timedelta(microseconds=1_234_567)
    assert unix_ms_of(stored.id) == unix_ms(message.sent_at)
    async with database.read() as uow:
        assert await uow.messages.get(stored.id) == stored


async def test_without_a_stream_a_message_goes_to_chat_only(
    create: CreateMessage, database: Database
) -> None:
    stored = await say(create)

    assert stored.stream_id == CHAT_ONLY_STREAM_ID
    async with database.read() as uow:
        stream = await uow.streams.get(CHAT_ONLY_STREAM_ID)
    assert stream is not None
    assert stream.total_messages == 1


async def test_the_author_becomes_a_viewer(create: CreateMessage, database: Database) -> None:
    await say(create)

    async with database.read() as uow:
        viewer = await uow.viewers.get_by_twitch_id(USER_ID)
    assert viewer is not None
    assert (viewer.username, viewer.display_name) == (USER, "Ronni")
    assert (viewer.total_messages, viewer.total_streams_watched) == (1, 0)
    assert (viewer.first_seen, viewer.last_seen) == (NOON, NOON)


async def test_the_author_is_refreshed(
    create: CreateMessage, database: Database, clock: FixedClock
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await say(create)
    clock.move(timedelta(days=1))

    await say(create, stream.id, username="ronni_new", display_name="Ronni_New")

    async with database.read() as uow:
        viewer = await uow.viewers.get_by_twitch_id(USER_ID)
    assert viewer is not None
    assert (viewer.username, viewer.display_name) == ("ronni_new", "Ronni_New")
    assert (viewer.total_messages, viewer.total_streams_watched) == (2, 1)
    assert (viewer.first_seen, viewer.last_seen) == (NOON, NOON + timedelta(days=1))


async def test_the_same_words_twice_are_two_messages(create: CreateMessage) -> None:
    assert (await say(create)).id != (await say(create)).id


async def test_a_message_is_said_in_the_channel_of_its_stream(
    create: CreateMessage, database: Database
) -> None:
    stream = a_stream(channel=CHANNEL, channel_id=CHANNEL_ID)
    await add_streams(database, stream)

    stored = await say(create, stream.id, is_vip=True)

    assert (stored.message.channel, stored.message.channel_id) == (CHANNEL, CHANNEL_ID)
    async with database.read() as uow:
        viewer = await uow.channel_viewers.get(CHANNEL_ID, USER_ID)
    assert viewer is not None
    assert viewer.is_vip


async def test_naming_the_channel_of_the_stream_changes_nothing(
    create: CreateMessage, database: Database
) -> None:
    stream = a_stream(channel=CHANNEL, channel_id=CHANNEL_ID)
    await add_streams(database, stream)

    stored = await say(create, stream.id, channel=CHANNEL)

    assert (stored.message.channel, stored.message.channel_id) == (CHANNEL, CHANNEL_ID)


async def test_a_message_off_air_keeps_the_channel_it_was_said_in(
    create: CreateMessage, database: Database
) -> None:
    await add_joined_channel(database)

    stored = await say(create, channel=CHANNEL)

    assert stored.stream_id == CHAT_ONLY_STREAM_ID
    assert (stored.message.channel, stored.message.channel_id) == (CHANNEL, CHANNEL_ID)


async def test_a_channel_that_was_never_joined_is_kept_by_its_name(create: CreateMessage) -> None:
    stored = await say(create, channel=CHANNEL)

    assert (stored.message.channel, stored.message.channel_id) == (CHANNEL, "")


async def test_a_message_needs_a_stream_that_is_there(
    create: CreateMessage, database: Database
) -> None:
    unknown = new_id()

    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await say(create, unknown)

    async with database.read() as uow:
        assert await uow.viewers.get_by_twitch_id(USER_ID) is None
