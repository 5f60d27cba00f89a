"""Group J, and what of group I needs no login: too much of something."""

from __future__ import annotations

import asyncio

import grpc.aio
import pytest

from tests.adapters.grpc.bad_inputs.cases import (
    RESOURCE_EXHAUSTED,
    UNAVAILABLE,
    assert_shows_nothing_inside,
)
from tests.adapters.grpc.conftest import Serve, Served
from tests.support.grpc_calls import Caller
from tests.support.raw_http2 import GOAWAY, PING, frame, raw_connection
from tests.support.standing_calls import ACTIVE, Door, with_active
from tests.support.waiting import eventually
from twitchbot.adapters.grpc.server import MAX_CONCURRENT_CALLS
from twitchbot.usecases.application import Application

ENHANCE_YOUR_CALM = 11


async def test_216_metadata_of_20_kb_is_not_taken(call: Caller) -> None:
    refused = await call.refused(ACTIVE, metadata=[("x-long", "x" * 20_000)])

    assert_shows_nothing_inside(refused)
    assert refused.code is RESOURCE_EXHAUSTED


@pytest.mark.parametrize("request_id", ["x" * 1024, "a b", ""], ids=["1 KB", "space", "empty"])
async def test_217_a_request_id_of_bad_form_is_replaced(call: Caller, request_id: str) -> None:
    under_way = call.start(ACTIVE, metadata=[("x-request-id", request_id)])
    await under_way

    returned = dict(await under_way.initial_metadata() or ())["x-request-id"]
    assert len(returned) == 16


async def test_220_the_129th_call_at_once_is_refused(
    serve: Serve, application: Application
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))
    # A connection takes 100 streams at once, so it needs two.
    async with Caller(served.port) as second:
        clients = [served.call, second]
        under_way = [clients[at % 2].start(ACTIVE) for at in range(MAX_CONCURRENT_CALLS)]
        await eventually(lambda: served.server.calls == MAX_CONCURRENT_CALLS)

        refused = await second.refused("BotService/GetBotStatus")
        health: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]
        health = second.channel.unary_unary("/grpc.health.v1.Health/Check")
        assert await health(b"")
        door.opened.set()
        await asyncio.gather(*under_way)

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (RESOURCE_EXHAUSTED, "TOO_MANY_CALLS")
    assert refused.retry_after_s == 0.5


async def test_225_a_flood_of_pings_is_told_to_calm_down(served: Served) -> None:
    async with raw_connection(served.port) as connection:
        await connection.send(*(frame(PING, bytes(8)) for _ in range(10)))

        payload = await connection.first(GOAWAY)

    assert int.from_bytes(payload[4:8]) == ENHANCE_YOUR_CALM
    assert await served.call(ACTIVE)


async def test_226_a_new_call_while_draining_is_refused(served: Served) -> None:
    await served.server.drain()

    refused = await served.call.refused(ACTIVE)

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (UNAVAILABLE, "SHUTTING_DOWN")
    assert refused.retry_after_s == 2
