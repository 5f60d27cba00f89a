"""Group A: bytes that are no request, and connections that are no gRPC."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import grpc
import grpc.aio
import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.adapters.grpc.bad_inputs.cases import (
    IA,
    RESOURCE_EXHAUSTED,
    UNIMPLEMENTED,
    assert_shows_nothing_inside,
)
from tests.adapters.grpc.conftest import Served
from tests.support.call_metrics import CountingCallMetrics
from tests.support.grpc_calls import Caller, refusal_of
from tests.support.raw_http2 import HEADERS, grpc_message, raw_connection
from tests.support.waiting import eventually
from twitchbot.adapters.grpc.services import SERVICES
from twitchbot.api.account_service_pb2 import StartDeviceLoginRequest
from twitchbot.api.common_pb2 import IdRequest
from twitchbot.api.message_service_pb2 import CreateMessageRequest
from twitchbot.api.stream_service_pb2 import GetStreamResponse
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

GET_STREAM = "StreamService/GetStream"
ACTIVE = "StreamService/GetActiveStream"
CHAT_ONLY = IdRequest(id=str(CHAT_ONLY_STREAM_ID))
LENGTH_DELIMITED, GROUP, END_GROUP = 2, 3, 4

FIELD_0 = bytes.fromhex("0000")
BROKEN = {
    "4 truncated length": bytes.fromhex("0a7f61"),
    "5 twelve ff": b"\xff" * 12,
    "6 field number 0": FIELD_0,
    "7 varint of 11 bytes": b"\x08" + b"\xff" * 10 + b"\x01",
    "8 end of a group that never began": b"\x0c",
    "10 nesting of 5000": b"\x13" * 5000 + b"\x14" * 5000,
}
NO_UTF8 = {
    "1 invalid": b"\xff\xfe",
    "2 surrogate": b"\xed\xa0\x80",
    "3 overlong": b"\xc0\xaf",
}
PATHS = {
    "22 unknown method": "/twitchbot.StreamService/GetStreem",
    "22 unknown service": "/twitchbot.StreemService/GetStream",
    "22 root": "/",
    "22 file": "/../../etc/passwd",
}


def methods() -> Iterator[tuple[str, type[Message]]]:
    for service in SERVICES:
        for method in service.methods:
            yield f"{service.name}/{method.name}", GetMessageClass(method.input_type)


def a_text_field(request_type: type[Message]) -> int | None:
    numbers = [
        field.number
        for field in request_type.DESCRIPTOR.fields
        if field.type == FieldDescriptor.TYPE_STRING and field.number < 16
    ]
    return numbers[0] if numbers else None


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
async def test_bytes_that_are_no_message_are_refused_by_every_method(
    call: Caller, body: bytes
) -> None:
    for method, request_type in methods():
        if body == FIELD_0 and not request_type.DESCRIPTOR.fields:
            continue  # protobuf takes it for an unknown field in a message that has none
        refused = await call.refused(method, body)

        assert_shows_nothing_inside(refused)
        assert (refused.code, refused.reason) == (IA, "MALFORMED_MESSAGE"), method
        assert set(refused.violations) == {"request"}


@pytest.mark.parametrize("text", NO_UTF8.values(), ids=NO_UTF8)
async def test_text_that_is_no_utf_8_is_refused_by_every_method(call: Caller, text: bytes) -> None:
    for method, request_type in methods():
        number = a_text_field(request_type)
        if number is None:
            continue
        body = bytes((number << 3 | LENGTH_DELIMITED, len(text))) + text

        refused = await call.refused(method, body)

        assert_shows_nothing_inside(refused)
        assert (refused.code, refused.reason) == (IA, "MALFORMED_MESSAGE"), method


@pytest.mark.parametrize(
    "body",
    [b"\x13" * 60 + b"\x14" * 60, b"\x08\x01", b""],
    ids=["9 nesting of 60", "11 wrong wire type for a required text", "15 empty body"],
)
async def test_what_leaves_a_required_field_empty_is_refused(call: Caller, body: bytes) -> None:
    refused = await call.refused(GET_STREAM, body)

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.violations) == (IA, {"id": "must not be empty"})


@pytest.mark.parametrize(
    "body",
    [
        CHAT_ONLY.SerializeToString() + b"\xc2\x3e\x01x",
        IdRequest(id="x").SerializeToString() + CHAT_ONLY.SerializeToString(),
    ],
    ids=["12 unknown field 1000", "13 same scalar twice"],
)
async def test_what_protobuf_allows_is_allowed(call: Caller, body: bytes) -> None:
    answer = await call(GET_STREAM, body)

    assert answer.stream.id == CHAT_ONLY.id


@pytest.mark.parametrize(
    ("megabytes", "compression"),
    [(5, grpc.Compression.NoCompression), (50, grpc.Compression.Gzip)],
    ids=["16 message of 5 MB", "17 gzip bomb of 50 MB"],
)
async def test_a_message_that_is_too_large_is_not_taken(
    served: Served, megabytes: int, compression: grpc.Compression
) -> None:
    body = CreateMessageRequest(message="x" * megabytes * 1024**2)
    async with Caller(served.port, [("grpc.max_send_message_length", -1)]) as call:
        refused = await call.refused("MessageService/CreateMessage", body, compression=compression)

        assert refused.code is RESOURCE_EXHAUSTED
        assert await call(ACTIVE)


async def test_18_an_unknown_compression_is_refused_by_the_library(served: Served) -> None:
    async with raw_connection(served.port) as connection:
        await connection.call(
            f"/twitchbot.{ACTIVE}",
            grpc_message(b"x", compressed=True),
            ("grpc-encoding", "snappy"),
        )
        headers = await connection.first(HEADERS)

    # 13 is INTERNAL: the call never reaches our code, which would say UNIMPLEMENTED.
    assert b"grpc-status\x0213" in headers
    assert await served.call(ACTIVE)


@pytest.mark.parametrize("count", [101, 400_000], ids=["19 by count", "19 by size"])
async def test_too_many_entries_are_refused(call: Caller, count: int) -> None:
    request = StartDeviceLoginRequest(scopes=["a"] * count)

    refused = await call.refused("AccountService/StartDeviceLogin", request)

    assert refused.code is (IA if count == 101 else RESOURCE_EXHAUSTED)


async def test_20_of_two_messages_on_a_unary_call_the_first_counts(
    served: Served, metrics: CountingCallMetrics
) -> None:
    send: grpc.aio.StreamUnaryMultiCallable[bytes, bytes]
    send = served.call.channel.stream_unary(f"/twitchbot.{GET_STREAM}")

    answer = await send(iter([CHAT_ONLY.SerializeToString(), b"\xff"]))

    assert GetStreamResponse.FromString(answer).stream.id == CHAT_ONLY.id
    assert metrics.codes() == [(f"/twitchbot.{GET_STREAM}", "OK")]


async def test_21_a_stream_that_is_called_as_unary_leaves_nothing_behind(
    served: Served, metrics: CountingCallMetrics
) -> None:
    path = "/grpc.health.v1.Health/Watch"
    watch: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = served.call.channel.unary_unary(path)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await watch(b"", timeout=0.3)

    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    await eventually(lambda: metrics.codes() == [(path, "DEADLINE_EXCEEDED")])


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
async def test_a_path_that_leads_nowhere_is_not_implemented(served: Served, path: str) -> None:
    call: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = served.call.channel.unary_unary(path)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call(b"")

    refused = refusal_of(caught.value)
    assert_shows_nothing_inside(refused)
    assert refused.code is UNIMPLEMENTED


STRANGERS = {
    "23 HTTP/1.1": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "24 TLS": bytes.fromhex("1603010200010001fc0303") + bytes(500),
    "25 random 64 KB": random.Random(25).randbytes(65_536),
}


@pytest.mark.parametrize("greeting", STRANGERS.values(), ids=STRANGERS)
async def test_who_does_not_speak_grpc_is_hung_up_on(served: Served, greeting: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(greeting)

    async with asyncio.timeout(5):
        await asyncio.gather(reader.read(), return_exceptions=True)
    writer.close()
    await asyncio.gather(writer.wait_closed(), return_exceptions=True)

    assert await served.call(ACTIVE)
