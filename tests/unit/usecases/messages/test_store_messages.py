from dataclasses import replace

import pytest

from tests.support.builders import CHANNEL_ID, USER_ID, a_new_message, a_stream
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.unit_of_work import Database


async def stored_texts(database: Database, *, include_shared: bool = False) -> list[str]:
    chosen = MessageFilter(include_shared=include_shared)
    async with database.read() as uow:
        page = await uow.messages.list(chosen, DeletedFilter(), PageRequest())
    return [stored.message.text for stored in page.items]


async def counts(database: Database) -> tuple[int, int]:
    """Return the messages counted for the Chat-Only stream and for Ronni."""
    async with database.read() as uow:
        stream = await uow.streams.get(CHAT_ONLY_STREAM_ID)
        viewer = await uow.viewers.get_by_twitch_id(USER_ID)
    return stream.total_messages if stream else 0, viewer.total_messages if viewer else 0


async def test_new_messages_are_stored_and_counted(database: Database) -> None:
    batch = [a_new_message(text="one", sent_ms=1), a_new_message(text="two", sent_ms=2)]

    async with database.write() as uow:
        fresh = await store_messages(uow, batch)

    assert fresh == batch
    assert await stored_texts(database) == ["two", "one"]
    assert await counts(database) == (2, 2)


async def test_a_message_stored_before_is_neither_stored_nor_counted_again(
    database: Database,
) -> None:
    known, unknown = a_new_message(text="known"), a_new_message(text="unknown")
    await add_messages(database, known)

    async with database.write() as uow:
        fresh = await store_messages(uow, [known, unknown])

    assert fresh == [unknown]
    assert await counts(database) == (2, 2)


async def test_a_message_that_a_batch_holds_twice_counts_once(database: Database) -> None:
    first = a_new_message(text="as first heard")
    again = replace(first, message=replace(first.message, text="as heard again"))

    async with database.write() as uow:
        fresh = await store_messages(uow, [first, again])

    assert fresh == [first]
    assert await stored_texts(database) == ["as first heard"]
    assert await counts(database) == (1, 1)


async def test_nothing_new_changes_nothing(database: Database) -> None:
    known = a_new_message()
    await add_messages(database, known)

    async with database.write() as uow:
        assert await store_messages(uow, [known]) == []
        assert await store_messages(uow, []) == []

    assert await counts(database) == (1, 1)


async def test_streams_and_people_are_counted_each_for_themselves(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    await add_messages(
        database,
        a_new_message(stream.id, user_id="1", is_vip=True),
        a_new_message(stream.id, user_id="2"),
        a_new_message(user_id="1"),
    )

    async with database.read() as uow:
        counted = await uow.streams.get(stream.id)
        one = await uow.viewers.get_by_twitch_id("1")
        one_here = await uow.channel_viewers.get(CHANNEL_ID, "1")
        people_here = await uow.channel_viewers.count(CHANNEL_ID)
    assert counted is not None
    assert counted.total_messages == 2
    assert one is not None
    assert (one.total_messages, one.total_streams_watched) == (2, 1)
    assert one_here is not None
    assert not one_here.is_vip
    assert people_here == 2


async def test_a_copy_of_shared_chat_is_stored_but_not_counted(database: Database) -> None:
    copy = a_new_message(text="from next door", source_channel_id="71092938")

    async with database.write() as uow:
        fresh = await store_messages(uow, [copy])

    assert fresh == [copy]
    assert await stored_texts(database, include_shared=True) == ["from next door"]
    assert await stored_texts(database) == []
    assert await counts(database) == (0, 0)


async def test_a_failure_after_storing_takes_everything_back(database: Database) -> None:
    async def store_and_fail() -> None:
        async with database.write() as uow:
            await store_messages(uow, [a_new_message()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store_and_fail()

    assert await stored_texts(database) == []
    assert await counts(database) == (0, 0)
