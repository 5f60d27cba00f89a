import pytest

from tests.support.builders import a_new_message
from tests.support.rows import add_messages
from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import PageRequest
from twitchbot.usecases.messages.search_messages import SearchMessages
from twitchbot.usecases.ports.unit_of_work import Database


async def found(database: Database, text: str, user_id: str = "") -> list[str]:
    page = await SearchMessages(database)(text, MessageFilter(user_id=user_id), PageRequest())
    assert page.total == len(page.items)
    return [stored.message.text for stored in page.items]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("kappa", ["good night Kappa", "KAPPA good"]),
        ("kappa good", ["good night Kappa", "KAPPA good"]),
        ('"good night"', ["good night Kappa"]),
        ("good -night", ["KAPPA good"]),
        ("kap*", ["good night Kappa", "KAPPA good"]),
        ("nothing", []),
    ],
)
async def test_messages_are_found_by_their_words_newest_first(
    database: Database, text: str, texts: list[str]
) -> None:
    await add_messages(
        database,
        a_new_message(text="KAPPA good", sent_ms=1),
        a_new_message(text="good night Kappa", sent_ms=2),
        a_new_message(text="hello", sent_ms=3),
    )

    assert await found(database, text) == texts


async def test_a_search_can_be_for_one_person(database: Database) -> None:
    await add_messages(
        database, a_new_message(user_id="1", text="hello"), a_new_message(user_id="2", text="hello")
    )

    assert await found(database, "hello", user_id="1") == ["hello"]


@pytest.mark.parametrize("text", ["-hello", "!?"])
async def test_a_search_for_nothing_finds_nothing(database: Database, text: str) -> None:
    await add_messages(database, a_new_message(text="good night"))

    assert await found(database, text) == []


async def test_an_empty_search_is_invalid(database: Database) -> None:
    with pytest.raises(InvalidInputError, match="query"):
        await found(database, " ")
