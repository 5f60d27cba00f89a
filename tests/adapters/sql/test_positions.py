"""Row ids of messages on SQLite: sorted like the ids, and unique whatever happens."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import NOON, a_message
from tests.support.rows import add_messages
from twitchbot.adapters.sql.sqlite.positions import BITS, first_position_at, position_of
from twitchbot.domain.ids import first_id_at, uuid7_int
from twitchbot.domain.message import MessageFilter, NewMessage
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.search import parse_query
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.ports.unit_of_work import Database

TIMES = st.integers(0, (1 << 41) - 1)
CHANCE = st.integers(0, (1 << 76) - 1)
MAX_ROW_ID = (1 << 63) - 1
NOON_MS = unix_ms(NOON)


def key(unix_ms: int, randomness: int) -> bytes:
    return uuid7_int(unix_ms, randomness).to_bytes(16)


def colliding(number: int, text: str = "word") -> NewMessage:
    """Build a message that asks for the same position as all others from here."""
    return NewMessage(key(NOON_MS, number), UUID(int=1), a_message(text=text, sent_ms=NOON_MS))


@given(TIMES, CHANCE, TIMES, CHANCE)
def test_positions_are_sorted_like_ids(time: int, chance: int, other: int, its: int) -> None:
    one, two = key(time, chance), key(other, its)

    assert (one < two) or position_of(one) >= position_of(two)
    assert (one > two) or position_of(one) <= position_of(two)


@given(TIMES, CHANCE)
def test_a_position_lies_within_its_millisecond(time: int, chance: int) -> None:
    position = position_of(key(time, chance))

    assert first_position_at(time) <= position < first_position_at(time + 1)
    assert position_of(first_id_at(time).bytes) == first_position_at(time)


@given(st.integers(0, (1 << 48) - 1), CHANCE)
def test_every_id_has_a_position_that_fits(time: int, chance: int) -> None:
    assert 0 <= position_of(key(time, chance)) <= MAX_ROW_ID


def test_a_millisecond_has_two_million_positions() -> None:
    assert first_position_at(1) - first_position_at(0) == 1 << BITS == 2_097_152


async def test_messages_that_ask_for_one_position_are_all_kept(sqlite_database: Database) -> None:
    first, second, third = (colliding(number, f"word {number}") for number in range(3))
    assert position_of(first.key) == position_of(second.key) == position_of(third.key)

    await add_messages(sqlite_database, first, second)
    await add_messages(sqlite_database, second, third)

    async with sqlite_database.read() as uow:
        page = await uow.messages.list(MessageFilter(), DeletedFilter(), PageRequest())
        hits = await uow.messages.search(parse_query("word"), MessageFilter(), PageRequest())
        assert await uow.messages.get(UUID(bytes=third.key)) is not None
    texts = ["word 2", "word 1", "word 0"]
    assert [item.message.text for item in page.items] == texts
    assert [item.message.text for item in hits.items] == texts


async def test_more_collisions_than_one_look_finds_room_for(sqlite_database: Database) -> None:
    crowd = [colliding(number) for number in range(300)]
    await add_messages(sqlite_database, *crowd)

    await add_messages(sqlite_database, colliding(300))

    async with sqlite_database.read() as uow:
        page = await uow.messages.list(MessageFilter(), DeletedFilter(), PageRequest(limit=1))
    assert page.total == 301


async def test_deleting_one_of_them_leaves_the_others_in_the_index(
    sqlite_database: Database,
) -> None:
    first, second = colliding(0, "word one"), colliding(1, "word two")
    await add_messages(sqlite_database, first, second)

    async with sqlite_database.write() as uow:
        await uow.messages.delete(UUID(bytes=second.key), NOON + timedelta(seconds=1), "api")

    async with sqlite_database.read() as uow:
        hits = await uow.messages.search(parse_query("word"), MessageFilter(), PageRequest())
    assert [item.message.text for item in hits.items] == ["word one"]
