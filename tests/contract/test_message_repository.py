"""What every store of messages does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.builders import CHANNEL, NOON, a_message, a_new_message, a_stream
from tests.support.rows import add_joined_channel, add_messages, add_streams
from twitchbot.domain.errors import BadRowError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.message import MessageFilter, MessageStats, NewMessage, StoredMessage
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.ports.unit_of_work import Database

EVERYTHING = DeletedFilter(include_deleted=True)
ALIVE = DeletedFilter()
NOON_MS = unix_ms(NOON)


def stored(new: NewMessage) -> StoredMessage:
    return StoredMessage(id=UUID(bytes=new.key), stream_id=new.stream_id, message=new.message)


async def listed(
    database: Database, chosen: MessageFilter | None = None, deleted: DeletedFilter = ALIVE
) -> list[StoredMessage]:
    async with database.read() as uow:
        page = await uow.messages.list(chosen or MessageFilter(), deleted, PageRequest(limit=1000))
    assert page.total == len(page.items)
    return list(page.items)


async def delete(database: Database, new: NewMessage) -> None:
    async with database.write() as uow:
        assert await uow.messages.delete(UUID(bytes=new.key), NOON, "api") is not None
        await uow.viewers.forget_messages(new.message.user_id, new.stream_id, 1)
        await uow.streams.add_messages({new.stream_id: -1})


async def test_a_message_comes_back_as_it_was_stored(database: Database) -> None:
    new = a_new_message(
        text="Größe ☃ 日本語 \U0001f600 'quoted' \"twice\" \\ %s $1",
        is_action=True,
        is_broadcaster=True,
        is_lead_moderator=True,
        is_moderator=True,
        is_vip=True,
        is_subscriber=True,
        badges="broadcaster/1,subscriber/3012",
        badge_info="subscriber/13",
        color="#1E90FF",
        emotes="25:0-4,12-16/1902:6-10",
        bits=100,
        reply_parent_message_id="parent",
        reply_thread_message_id="thread",
        source_channel_id="",
        source_message_id="source",
        tags={"first-msg": "1", "flags": "0-5:P.3 ☃"},
        sent_ms=NOON_MS + 123,
        sent_ms_estimated=True,
        received_us=NOON_MS * 1000 + 456_789,
    )

    await add_messages(database, new)

    async with database.read() as uow:
        assert await uow.messages.get(UUID(bytes=new.key)) == stored(new)


async def test_adding_returns_the_new_keys_only(database: Database) -> None:
    first, second = a_new_message(), a_new_message()

    async with database.write() as uow:
        assert set(await uow.messages.add([first])) == {first.key}
        assert set(await uow.messages.add([first, second])) == {second.key}
        assert set(await uow.messages.add([first, second])) == set()


async def test_nothing_to_add_is_fine(database: Database) -> None:
    async with database.write() as uow:
        assert set(await uow.messages.add([])) == set()


async def test_a_key_twice_in_one_batch_is_stored_once_and_the_first_one_counts(
    database: Database,
) -> None:
    first = a_new_message(text="first")
    second = replace(first, message=replace(first.message, text="second"))

    await add_messages(database, first, second)

    assert await listed(database) == [stored(first)]


async def test_messages_come_newest_first(database: Database) -> None:
    batch = [a_new_message(sent_ms=NOON_MS + ms) for ms in (5, 1, 3, 2, 4, 3)]

    await add_messages(database, *batch)

    newest_first = sorted(batch, key=lambda new: new.key, reverse=True)
    assert await listed(database) == [stored(new) for new in newest_first]


async def test_more_messages_than_one_statement_takes(database: Database) -> None:
    batch = [a_new_message(user_id=str(number)) for number in range(6000)]

    await add_messages(database, *batch)

    async with database.read() as uow:
        assert await uow.messages.stats(None) == MessageStats(
            total_messages=6000,
            unique_users=6000,
            most_active_user="ronni",
            most_active_user_count=1,
        )


async def test_messages_are_chosen_by_stream_user_and_time(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    early = a_new_message(stream.id, user_id="1", sent_ms=NOON_MS)
    middle = a_new_message(stream.id, user_id="2", sent_ms=NOON_MS + 10)
    late = a_new_message(user_id="1", sent_ms=NOON_MS + 20)
    await add_messages(database, early, middle, late)

    of_stream = await listed(database, MessageFilter(stream_id=stream.id))
    of_chat_only = await listed(database, MessageFilter(stream_id=CHAT_ONLY_STREAM_ID))
    of_user = await listed(database, MessageFilter(user_id="1"))
    of_both = await listed(database, MessageFilter(stream_id=stream.id, user_id="1"))
    of_nobody = await listed(database, MessageFilter(stream_id=new_id()))
    within = await listed(
        database,
        MessageFilter(
            sent_from=NOON + timedelta(microseconds=9_001),
            sent_to=NOON + timedelta(milliseconds=20),
        ),
    )

    assert of_stream == [stored(middle), stored(early)]
    assert of_chat_only == [stored(late)]
    assert of_user == [stored(late), stored(early)]
    assert of_both == [stored(early)]
    assert of_nobody == []
    assert within == [stored(middle)]


@pytest.mark.parametrize("year", [1, 1970, 9999])
async def test_any_time_limit_is_legal(database: Database, year: int) -> None:
    await add_messages(database, a_new_message())
    edge = NOON.replace(year=year)

    async with database.read() as uow:
        after = await uow.messages.list(MessageFilter(sent_from=edge), ALIVE, PageRequest())
        before = await uow.messages.list(MessageFilter(sent_to=edge), ALIVE, PageRequest())

    assert (after.total, before.total) == ((0, 1) if year == 9999 else (1, 0))


async def test_a_channel_is_found_by_its_id_also_under_an_older_name(database: Database) -> None:
    await add_joined_channel(database)
    now = a_new_message(sent_ms=NOON_MS + 1)
    before_the_rename = a_new_message(channel="forsen_old")
    elsewhere = a_new_message(channel="pajlada", channel_id="11148817")
    await add_messages(database, now, before_the_rename, elsewhere)

    found = await listed(database, MessageFilter(channel=CHANNEL))

    assert found == [stored(now), stored(before_the_rename)]


async def test_a_channel_without_a_known_id_is_found_by_its_name(database: Database) -> None:
    nameless = a_new_message(channel_id="")
    await add_messages(database, nameless, a_new_message(channel_id="", channel="pajlada"))

    assert await listed(database, MessageFilter(channel=CHANNEL)) == [stored(nameless)]
    assert await listed(database, MessageFilter(channel="nobody")) == []


async def test_copies_of_shared_chat_are_listed_only_on_request(database: Database) -> None:
    own = a_new_message(sent_ms=NOON_MS + 1)
    copy = a_new_message(source_channel_id="999", source_message_id="original")
    await add_messages(database, own, copy)

    assert await listed(database) == [stored(own)]
    assert await listed(database, MessageFilter(include_shared=True)) == [stored(own), stored(copy)]


async def test_a_deleted_message_is_gone_but_for_those_who_ask(database: Database) -> None:
    gone, kept = a_new_message(), a_new_message(sent_ms=NOON_MS + 1)
    await add_messages(database, gone, kept)

    await delete(database, gone)

    marked = replace(stored(gone), deleted_at=NOON, deleted_by="api")
    assert await listed(database) == [stored(kept)]
    assert await listed(database, deleted=EVERYTHING) == [stored(kept), marked]
    assert await listed(database, deleted=DeletedFilter(only_deleted=True)) == [marked]
    async with database.read() as uow:
        assert await uow.messages.get(UUID(bytes=gone.key)) is None


async def test_deleting_returns_the_message_once(database: Database) -> None:
    new = a_new_message()
    await add_messages(database, new)

    async with database.write() as uow:
        first = await uow.messages.delete(UUID(bytes=new.key), NOON, "api")
        second = await uow.messages.delete(UUID(bytes=new.key), NOON, "api")
        unknown = await uow.messages.delete(new_id(), NOON, "api")

    assert first == replace(stored(new), deleted_at=NOON, deleted_by="api")
    assert second is None
    assert unknown is None


async def test_a_deleted_message_that_is_heard_again_stays_deleted(database: Database) -> None:
    new = a_new_message()
    await add_messages(database, new)
    await delete(database, new)

    await add_messages(database, new)

    assert await listed(database) == []


async def test_ties_of_the_most_active_go_to_the_smaller_id(database: Database) -> None:
    await add_messages(
        database,
        a_new_message(user_id="20", username="twenty"),
        a_new_message(user_id="100", username="hundred"),
    )

    async with database.read() as uow:
        stats = await uow.messages.stats(CHAT_ONLY_STREAM_ID)

    assert (stats.most_active_user, stats.most_active_user_count) == ("hundred", 1)


async def test_figures_of_nothing_are_zero(database: Database) -> None:
    nothing = MessageStats(
        total_messages=0, unique_users=0, most_active_user="", most_active_user_count=0
    )

    async with database.read() as uow:
        assert await uow.messages.stats(None) == nothing
        assert await uow.messages.stats(new_id()) == nothing


@pytest.mark.parametrize(
    "bad", [{"text": "lone \ud800"}, {"tags": {"a": "\udfff"}}, {"bits": 2**70}]
)
async def test_data_that_no_database_takes_is_told_apart(
    database: Database, bad: dict[str, object]
) -> None:
    new = a_new_message()
    spoilt = replace(new, message=a_message(**bad))

    with pytest.raises(BadRowError):
        await add_messages(database, spoilt)

    assert await listed(database, MessageFilter(channel=CHANNEL)) == []
