"""Full-text search finds the same on both databases, and nothing a caller types upsets it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.builders import CHANNEL, NOON, a_new_message, a_stream
from tests.support.discarding import discarded
from tests.support.rows import add_joined_channel, add_messages, add_streams
from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import PageRequest
from twitchbot.domain.search import SearchQuery, Term, parse_query, words_of
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.unit_of_work import Database

NOON_MS = unix_ms(NOON)

LEGAL_QUERIES = [
    "c++",
    "it's",
    '"unbalanced',
    "foo-bar",
    "user:a",
    "nosuch:a",
    "hel*",
    "*hel",
    "NEAR(",
    "NEAR(a b,-1)",
    "AND",
    "a NOT",
    "()",
    "^",
    "-hello",
    "{user txt}:a",
    "a + b",
    "' OR 1=1 --",
    '"; DROP TABLE messages; --',
    "%",
    "_",
    "\\",
    "<script>",
    ".",
    "1.5",
    "@user",
    "#tag",
    "http://x.y/z?q=1",
    "foo:bar:baz",
    "!!",
    "...",
    "a\0b",
    "(" * 200,
    "a",
    "a%" * 60,
    "\u0130 ß ﬁ",
    "日本語",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "㍿" * 250,
    "x" * 256,
]


async def found(database: Database, query: str, chosen: MessageFilter | None = None) -> list[str]:
    async with database.read() as uow:
        page = await uow.messages.search(
            parse_query(query), chosen or MessageFilter(), PageRequest(limit=1000)
        )
    assert page.total == len(page.items)
    return [item.message.text for item in page.items]


@pytest.mark.parametrize("query", LEGAL_QUERIES)
async def test_any_text_is_a_legal_query(database: Database, query: str) -> None:
    said = query.replace("\0", "")
    await add_messages(database, a_new_message(text=f"hello {said}"), a_new_message(text="b"))

    await found(database, query)


@pytest.mark.parametrize("query", ["", "   ", "\0", "x" * 257, "a " * 21, "x" * 100_000])
def test_only_emptiness_and_size_make_a_query_illegal(query: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_query(query)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("hello", ["hello again", "Hello World!"]),
        ("HELLO world", ["Hello World!"]),
        ('"hello world"', ["Hello World!"]),
        ('"world hello"', []),
        ("hello -world", ["hello again"]),
        ("-hello", []),
        ("wor*", ["Hello World!"]),
        ("wor", []),
        ('-"hello world" hello', ["hello again"]),
        ("foo-bar", ["a foo-bar b"]),
        ("foo bar", ["bar foo", "a foo-bar b"]),
        ("größe", ["GRÖSSE und Größe"]),
        ("grosse", []),
        ("日本*", ["日本語"]),
    ],
)
async def test_words_phrases_exclusion_and_prefix(
    database: Database, query: str, texts: list[str]
) -> None:
    stored = ["Hello World!", "hello again", "a foo-bar b", "bar foo", "GRÖSSE und Größe", "日本語"]
    batch = [a_new_message(text=text, sent_ms=NOON_MS + place) for place, text in enumerate(stored)]

    await add_messages(database, *batch)

    assert await found(database, query) == texts


async def test_only_excluding_finds_nothing(database: Database) -> None:
    await add_messages(database, a_new_message(text="hello"))

    assert await found(database, "-world") == []


async def test_search_is_limited_to_stream_user_channel_and_time(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_joined_channel(database)
    await add_messages(
        database,
        a_new_message(stream.id, text="word one", user_id="1", sent_ms=NOON_MS),
        a_new_message(text="word two", user_id="2", channel_id="5", sent_ms=NOON_MS + 1),
        a_new_message(text="word three", user_id="no number", sent_ms=NOON_MS + 2),
        a_new_message(text="word four", channel="lost", channel_id="", sent_ms=NOON_MS + 3),
    )

    async def of(**chosen: object) -> list[str]:
        return await found(database, "word", MessageFilter(**chosen))  # type: ignore[arg-type] # any field

    assert await of(stream_id=stream.id) == ["word one"]
    assert await of(user_id="1") == ["word one"]
    assert await of(user_id="no number") == ["word three"]
    assert await of(channel=CHANNEL) == ["word three", "word one"]
    assert await of(channel="lost") == ["word four"]
    assert await of(channel="unknown") == []
    assert await of(stream_id=stream.id, user_id="2") == []
    assert await of(sent_from=NOON + timedelta(milliseconds=2)) == ["word four", "word three"]
    assert await of(sent_to=NOON + timedelta(milliseconds=1)) == ["word one"]


async def test_a_text_cannot_pretend_to_be_of_a_stream_or_user(database: Database) -> None:
    await add_messages(database, a_new_message(text="word u1 c1 x", user_id="2"))

    assert await found(database, "word", MessageFilter(user_id="1")) == []
    assert await found(database, "word") == ["word u1 c1 x"]


async def test_copies_of_shared_chat_are_found_only_on_request(database: Database) -> None:
    await add_messages(database, a_new_message(text="word", source_channel_id="9"))

    assert await found(database, "word") == []
    assert await found(database, "word", MessageFilter(include_shared=True)) == ["word"]


async def test_a_deleted_message_is_not_found(database: Database) -> None:
    gone = a_new_message(text="secret Größe")
    await add_messages(database, gone, a_new_message(text="secret two"))

    async with database.write() as uow:
        await uow.messages.delete(UUID(bytes=gone.key), NOON, "api")

    assert await found(database, "secret") == ["secret two"]
    assert await found(database, "größe") == []


# Few letters, so that words, prefixes and phrases meet; and letters that fold in odd ways.
LETTERS = st.sampled_from("aAbßSsİiﬁéЖжΣ\u03c3ς日本\uff111_'\"-*.\\ \t\u0301\u200d")
TEXTS = st.text(LETTERS, min_size=1, max_size=12)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def matches(query: SearchQuery, text: str) -> bool:
    """Tell by plain comparison whether a text matches."""
    words = words_of(text)
    if query.matches_nothing:
        return False
    return all(occurs(term, words) for term in query.wanted) and not any(
        occurs(term, words) for term in query.excluded
    )


def occurs(term: Term, words: list[str]) -> bool:
    *whole, last = term.words
    for start in range(len(words) - len(whole)):
        *before, end = words[start : start + len(term.words)]
        if before == whole and (end.startswith(last) if term.prefix else end == last):
            return True
    return False


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXTS | ANY_TEXT, max_size=8),
    queries=st.lists(TEXTS.filter(lambda text: text.strip() != ""), min_size=1, max_size=6),
)
async def test_search_finds_what_plain_comparison_finds(
    database: Database, texts: list[str], queries: list[str]
) -> None:
    batch = [a_new_message(text=text, sent_ms=NOON_MS + place) for place, text in enumerate(texts)]
    async with discarded(database) as uow:
        await store_messages(uow, batch)
        for query in map(parse_query, queries):
            page = await uow.messages.search(query, MessageFilter(), PageRequest(limit=1000))
            expected = [text for text in reversed(texts) if matches(query, text)]
            assert [item.message.text for item in page.items] == expected
            assert page.total == len(expected)
