"""The server around the handlers: health, reflection, deadlines, drain, ids, logs, bugs."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from typing import Any, cast

import grpc
import grpc.aio
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_reflection.v1alpha import reflection_pb2
from structlog.testing import capture_logs

from tests.adapters.grpc.conftest import LOOPBACK, Serve, Served
from tests.support.call_metrics import CountingCallMetrics
from tests.support.fakes import FixedClock
from tests.support.grpc_calls import Caller, refusal_of
from tests.support.waiting import eventually
from twitchbot.adapters.grpc.server import GrpcServer, PortInUseError
from twitchbot.adapters.grpc.services import SERVICE_NAMES
from twitchbot.api.bot_service_pb2 import JoinChannelRequest
from twitchbot.api.stream_service_pb2 import CreateStreamRequest, ListStreamsRequest
from twitchbot.usecases.application import Application

ACTIVE = "StreamService/GetActiveStream"
ACTIVE_PATH = f"/twitchbot.{ACTIVE}"
SERVING = HealthCheckResponse.SERVING
NOT_SERVING = HealthCheckResponse.NOT_SERVING
HEALTH = "/grpc.health.v1.Health/"
OWN_ID = re.compile(r"[0-9a-f]{16}")


class Door:
    """A use case that stands still until it is opened."""

    def __init__(self, application: Application) -> None:
        self._answer = application.streams.get_active
        self.inside = 0
        self.cancelled = 0
        self.opened = asyncio.Event()

    async def __call__(self, channel: str) -> object:
        self.inside += 1
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return await self._answer(channel)


def with_active(application: Application, use_case: object) -> Application:
    streams = dataclasses.replace(application.streams, get_active=cast("Any", use_case))
    return dataclasses.replace(application, streams=streams)


async def health_of(served: Served, service: str) -> int:
    check: grpc.aio.UnaryUnaryMultiCallable[HealthCheckRequest, HealthCheckResponse]
    check = served.call.channel.unary_unary(
        f"{HEALTH}Check", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
    )
    return int((await check(HealthCheckRequest(service=service))).status)


def watch_health(served: Served) -> grpc.aio.UnaryStreamCall[HealthCheckRequest, Any]:
    watch: grpc.aio.UnaryStreamMultiCallable[HealthCheckRequest, Any]
    watch = served.call.channel.unary_stream(
        f"{HEALTH}Watch", HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString
    )
    return watch(HealthCheckRequest())


@pytest.mark.parametrize("service", ["", *SERVICE_NAMES])
async def test_every_service_has_a_health_of_its_own(served: Served, service: str) -> None:
    others = {"", *SERVICE_NAMES} - {service}
    assert await health_of(served, service) == SERVING

    await served.server.set_serving(service, serving=False)

    assert await health_of(served, service) == NOT_SERVING
    assert {await health_of(served, other) for other in others} == {SERVING}


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
async def test_reflection_lists_the_services(served: Served, version: str) -> None:
    ask: grpc.aio.StreamStreamMultiCallable[Any, Any] = served.call.channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        reflection_pb2.ServerReflectionRequest.SerializeToString,
        reflection_pb2.ServerReflectionResponse.FromString,
    )
    requests = [
        reflection_pb2.ServerReflectionRequest(list_services=""),
        reflection_pb2.ServerReflectionRequest(file_containing_symbol="twitchbot.Stream"),
    ]

    listed, described = [answer async for answer in ask(iter(requests))]

    names = {service.name for service in listed.list_services_response.service}
    assert names >= {*SERVICE_NAMES, "grpc.health.v1.Health"}
    assert described.file_descriptor_response.file_descriptor_proto


async def test_reflection_can_be_switched_off(serve: Serve, application: Application) -> None:
    served = await serve(application, reflection=False)
    ask: grpc.aio.StreamStreamMultiCallable[bytes, bytes] = served.call.channel.stream_stream(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
    )

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await ask(iter([b""])).read()

    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


async def test_a_second_server_on_the_port_fails_and_says_so(
    served: Served, application: Application, metrics: CountingCallMetrics
) -> None:
    second = GrpcServer(application, page_token_key=b"", clock=FixedClock(), metrics=metrics)

    with pytest.raises(PortInUseError) as caught:
        await second.start(LOOPBACK, served.port)

    assert (caught.value.host, caught.value.port) == (LOOPBACK, served.port)
    assert f"port {served.port} on {LOOPBACK} is in use" in str(caught.value)
    await second.stop(0)


async def test_an_address_of_another_machine_is_named_as_the_reason(
    application: Application, metrics: CountingCallMetrics
) -> None:
    server = GrpcServer(application, page_token_key=b"", clock=FixedClock(), metrics=metrics)

    with pytest.raises(OSError, match="assign") as caught:
        await server.start("192.0.2.1", 0)

    assert not isinstance(caught.value, PortInUseError)
    await server.stop(0)


async def test_calls_under_way_finish_while_new_ones_are_refused(
    serve: Serve, application: Application
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))
    under_way = served.call.start(ACTIVE)
    await eventually(lambda: door.inside == 1)

    stopping = asyncio.create_task(served.server.stop(10))

    async def is_draining() -> bool:
        return await health_of(served, "") == NOT_SERVING

    await eventually(is_draining)
    refused = await served.call.refused("StreamService/ListStreams")
    door.opened.set()
    answer = await under_way
    await stopping

    assert answer.stream.is_active
    assert refused.code is grpc.StatusCode.UNAVAILABLE
    assert refused.reason == "SHUTTING_DOWN"
    assert refused.retry_after_s == 2


async def test_a_call_that_outlives_the_grace_is_cancelled(
    serve: Serve, application: Application
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))
    under_way = served.call.start(ACTIVE)
    await eventually(lambda: door.inside == 1)

    await served.server.stop(0.05)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await under_way
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    await eventually(lambda: door.cancelled == 1)


async def test_a_watcher_of_the_health_does_not_hold_up_the_end(served: Served) -> None:
    watching = aiter(watch_health(served))
    assert (await anext(watching)).status == SERVING

    await asyncio.wait_for(served.server.stop(5), timeout=3)

    assert (await anext(watching)).status == NOT_SERVING


async def test_a_deadline_of_the_caller_cancels_the_work(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))

    refused = await served.call.refused(ACTIVE, timeout_s=0.2)

    assert refused.code is grpc.StatusCode.DEADLINE_EXCEEDED
    await eventually(lambda: door.cancelled == 1)
    await eventually(lambda: metrics.codes() == [(ACTIVE_PATH, "DEADLINE_EXCEEDED")])


async def test_a_caller_who_goes_away_cancels_the_work(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))
    under_way = served.call.start(ACTIVE)
    await eventually(lambda: door.inside == 1)

    under_way.cancel()

    await eventually(lambda: door.cancelled == 1)
    await eventually(lambda: metrics.codes() == [(ACTIVE_PATH, "CANCELLED")])


async def test_without_a_deadline_of_the_caller_ours_holds(
    serve: Serve, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twitchbot.adapters.grpc.interceptor.UNARY_DEADLINE_S", 0.05)
    door = Door(application)
    served = await serve(with_active(application, door))

    refused = await served.call.refused(ACTIVE, timeout_s=None)

    assert refused.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert refused.reason == "DEADLINE_EXCEEDED"
    assert door.cancelled == 1


async def test_a_handler_knows_how_long_it_may_wait(serve: Serve, application: Application) -> None:
    patience: list[float] = []
    join = application.bot.join

    async def joining(channel: str, patience_s: float) -> object:
        patience.append(patience_s)
        return await join(channel, patience_s)

    bot = dataclasses.replace(application.bot, join=cast("Any", joining))
    served = await serve(dataclasses.replace(application, bot=bot))

    for timeout_s in (None, 5.0, 0.3):
        await served.call(
            "BotService/JoinChannel", JoinChannelRequest(channel="x"), timeout_s=timeout_s
        )

    ours, callers, short = patience
    assert ours == pytest.approx(29.75)
    assert 4 < callers < 5
    assert short == pytest.approx(0.1)


async def test_a_bug_is_told_by_reference_only_and_logged_in_full(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    async def broken(_channel: str) -> object:
        raise ValueError("SELECT secret FROM accounts")

    metrics.expected_bugs = 1
    served = await serve(with_active(application, broken))

    with capture_logs() as logs:
        refused = await served.call.refused(ACTIVE, metadata=[("x-request-id", "ref-7")])

    assert (refused.code, refused.text) == (grpc.StatusCode.INTERNAL, "internal error, ref ref-7")
    assert (refused.reason, refused.domain) == ("INTERNAL", "twitchbot")
    (told,) = [line for line in logs if line["log_level"] == "error"]
    assert told["request_id"] == "ref-7"
    assert str(told["exc_info"]) == "SELECT secret FROM accounts"


async def test_every_call_is_logged_once_and_counted(
    call: Caller, metrics: CountingCallMetrics
) -> None:
    with capture_logs() as logs:
        await call("StreamService/CreateStream", CreateStreamRequest(title="secret plans"))
        await call.refused("StreamService/ListStreams", ListStreamsRequest(limit=-1))

    assert metrics.codes() == [
        ("/twitchbot.StreamService/CreateStream", "OK"),
        ("/twitchbot.StreamService/ListStreams", "INVALID_ARGUMENT"),
    ]
    assert [(line["method"], line["code"]) for line in logs] == metrics.codes()
    # What went well is said to those only who want to hear everything.
    assert [line["log_level"] for line in logs] == ["debug", "info"]
    assert all(OWN_ID.fullmatch(line["request_id"]) and line["ms"] > 0 for line in logs)
    assert "secret plans" not in repr(logs)


async def test_a_callers_request_id_comes_back_at_once_and_in_the_end(call: Caller) -> None:
    under_way = call.start(ACTIVE, metadata=[("x-request-id", "abc-1")])
    await under_way

    assert dict(await under_way.initial_metadata() or ())["x-request-id"] == "abc-1"
    assert dict(await under_way.trailing_metadata() or ())["x-request-id"] == "abc-1"


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b"])
async def test_a_request_id_of_bad_form_is_replaced(call: Caller, sent: str) -> None:
    under_way = call.start(ACTIVE, metadata=[("x-request-id", sent)])
    await under_way

    returned = dict(await under_way.initial_metadata() or ())["x-request-id"]
    assert isinstance(returned, str)
    assert OWN_ID.fullmatch(returned)


async def test_without_a_request_id_the_call_gets_one_of_ours(call: Caller) -> None:
    refused = await call.refused("StreamService/GetStream")

    assert OWN_ID.fullmatch(str(refused.trailers["x-request-id"]))


async def test_an_answer_can_be_asked_for_in_gzip(call: Caller) -> None:
    answer = await call(ACTIVE, compression=grpc.Compression.Gzip)

    assert answer.stream.title == "Chat-Only Messages"


@pytest.mark.parametrize(
    "method",
    ["/grpc.health.v1.Health/Check", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"],
)
async def test_bytes_that_are_no_message_are_refused_by_every_service(
    served: Served, method: str
) -> None:
    call: grpc.aio.StreamStreamMultiCallable[bytes, bytes]
    call = served.call.channel.stream_stream(method)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call(iter([b"\xff" * 12])).read()

    refused = refusal_of(caught.value)
    assert refused.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refused.reason == "MALFORMED_MESSAGE"


async def test_the_health_of_an_unknown_service_is_not_found(served: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await health_of(served, "nothing")

    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
