"""Group E: any text is a query, up to a size."""

from __future__ import annotations

import pytest

from tests.adapters.grpc.bad_inputs.cases import BadInput, assert_refused, each
from tests.support.builders import a_new_message
from tests.support.grpc_calls import Caller
from tests.support.rows import add_messages
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.api.message_service_pb2 import SearchMessagesRequest

SEARCH = "MessageService/SearchMessages"

# From number 97 on, in the order of the catalogue.
QUERIES = [
    "c++", "it's", '"unbalanced', "foo-bar", "user:a", "nosuch:a", "hel*", "*hel", "NEAR(",
    "NEAR(a b,-1)", "AND", "a NOT", "()", "^", "-hello", "{user txt}:a", "a + b", "' OR 1=1 --",
    '"; DROP TABLE messages; --', "%", "_", "\\", "<script>", ".", "1.5", "@user", "#tag",
    "http://x.y/z?q=1", "foo:bar:baz", "!!",
]  # fmt: skip
MORE = {
    "129 only punctuation": "?!.,;",
    "130 NUL inside": "hello\0there",
    "133 200 brackets": "(" * 200,
    "136 60 wildcards": "a%" * 60,
    "137 dotted I": "\u0130",
    "137 sharp s": "\u00df",
    "137 ligature": "\ufb01",
    "138 japanese": "\u65e5\u672c\u8a9e",
    "139 emoji": "\U0001f44d\U0001f44d",
}
LEGAL = {f"{97 + at} {query}": query for at, query in enumerate(QUERIES)} | MORE


def searched(number: str, query: str) -> BadInput:
    return BadInput(number, SEARCH, SearchMessagesRequest(query=query), "query")


@pytest.mark.parametrize("query", LEGAL.values(), ids=LEGAL)
async def test_it_finds_something_or_nothing(
    call: Caller, sqlite_database: SqlDatabase, query: str
) -> None:
    await add_messages(
        sqlite_database, a_new_message(text="hello there c++ foo-bar 日本語 \ufb01n")
    )

    answer = await call(SEARCH, SearchMessagesRequest(query=query))

    assert answer.total == len(answer.messages) in {0, 1}


@each(
    searched("127 empty", ""),
    searched("128 only spaces", "   "),
    searched("130 only NUL", "\0\0"),
    searched("131 257 characters", "x" * 257),
    searched("132 21 terms", " ".join("abcdefghijklmnopqrstu")),
    searched("133 300 brackets", "(" * 300),
    searched("134 100 KB", "x" * 100_000),
)
async def test_it_is_refused(call: Caller, bad: BadInput) -> None:
    await assert_refused(call, bad)
