"""Group B: text that is no line of text, and text that only looks odd."""

from __future__ import annotations

import pytest

from tests.adapters.grpc.bad_inputs.cases import (
    ALREADY_EXISTS,
    RESOURCE_EXHAUSTED,
    BadInput,
    assert_refused,
    assert_shows_nothing_inside,
    each,
)
from tests.support.grpc_calls import Caller
from twitchbot.api.command_service_pb2 import CreateCommandRequest
from twitchbot.api.message_service_pb2 import CreateMessageRequest
from twitchbot.api.stream_service_pb2 import CreateStreamRequest
from twitchbot.api.viewer_service_pb2 import CreateViewerRequest

CREATE_STREAM = "StreamService/CreateStream"
CREATE_COMMAND = "CommandService/CreateCommand"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


def titled(number: str, title: str) -> BadInput:
    return BadInput(number, CREATE_STREAM, CreateStreamRequest(title=title), "title")


def said(number: str, text: str) -> BadInput:
    request = CreateMessageRequest(user_id="1", username="ronni", message=text)
    return BadInput(number, "MessageService/CreateMessage", request, "message")


def logged_in(number: str, username: str) -> BadInput:
    request = CreateViewerRequest(twitch_id="1", username=username)
    return BadInput(number, "ViewerService/CreateViewer", request, "username")


def answered(number: str, name: str, response: str, field: str) -> BadInput:
    request = CreateCommandRequest(name=name, response=response)
    return BadInput(number, CREATE_COMMAND, request, field)


@each(
    titled("26 NUL", "a\0b"),
    said("26 NUL in a message", "a\0b"),
    titled("27 CR", "a\rb"),
    titled("27 LF", "a\nb"),
    titled("27 CRLF", "a\r\nb"),
    answered("27 CRLF in a response", "!x", "a\r\nPRIVMSG #b :c", "response"),
    titled("28 line separator", "a\u2028b"),
    titled("28 paragraph separator", "a\u2029b"),
    titled("29 C1", "a\u0085b"),
    titled("30 ESC", "\x1b[31mred"),
    titled("33 only spaces", "   "),
    said("33 only spaces in a message", "   "),
    titled("34 only zero width spaces", "\u200b\u200b"),
    said("34 only what shows nothing", "\u200b\u034f\U000e0000"),
    said("35 one character too many", "x" * 501),
    said("35 one emoji too many", "\U0001f44d" * 501),
    titled("35 title too long", "x" * 501),
    said("36 megabyte", "x" * 1_000_000),
    said("37 families that are too many", FAMILY * 72),
    logged_in("41 dotted I", "\u0130stanbul"),
    answered("42 full-width mark", "\uff01cmd", "x", "name"),
    logged_in("43 cyrillic a", "\u0430dmin"),
)
async def test_it_is_refused(call: Caller, bad: BadInput) -> None:
    await assert_refused(call, bad)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        pytest.param("a\uffffb", "a\uffffb", id="31 U+FFFF"),
        pytest.param("\ufeffhello", "hello", id="32 byte order mark"),
        pytest.param("x" * 500, "x" * 500, id="35 just fits"),
        pytest.param("\U0001f44d" * 500, "\U0001f44d" * 500, id="35 2000 bytes fit"),
        pytest.param(FAMILY * 71, FAMILY * 71, id="37 families"),
        pytest.param("a\u202eb", "a\u202eb", id="38 right to left"),
        pytest.param("e" + "\u0301" * 300, "e" + "\u0301" * 300, id="39 marks"),
        pytest.param("__proto__", "__proto__", id="44 __proto__"),
        pytest.param("constructor", "constructor", id="44 constructor"),
        *(pytest.param(word, word, id=f"45 {word}") for word in ("null", "None", "true", "NaN")),
    ],
)
async def test_it_is_stored(call: Caller, sent: str, stored: str) -> None:
    request = CreateMessageRequest(user_id="1", username="ronni", message=sent)

    created = await call("MessageService/CreateMessage", request)

    assert created.message.message == stored


async def test_36_what_passes_the_size_of_a_request_is_not_taken(call: Caller) -> None:
    request = CreateStreamRequest(title="x" * 1024**2)

    refused = await call.refused(CREATE_STREAM, request)

    assert_shows_nothing_inside(refused)
    assert refused.code is RESOURCE_EXHAUSTED


async def test_40_two_spellings_of_one_name_are_one_name(call: Caller) -> None:
    await call(CREATE_COMMAND, CreateCommandRequest(name="!caf\u00e9", response="x"))

    again = CreateCommandRequest(name="!cafe\u0301", response="x")
    refused = await call.refused(CREATE_COMMAND, again)

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (ALREADY_EXISTS, "COMMAND_ALREADY_EXISTS")
