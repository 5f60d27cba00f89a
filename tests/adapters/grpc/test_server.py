"""The server around the handlers: health, reflection, its port, and its end."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_reflection.v1alpha import reflection_pb2

from tests.adapters.grpc.conftest import LOOPBACK, Serve, Served
from tests.support.call_metrics import CountingCallMetrics
from tests.support.fakes import FixedClock
from tests.support.grpc_calls import refusal_of
from tests.support.standing_calls import ACTIVE, Door, with_active
from tests.support.waiting import eventually
from twitchbot.adapters.grpc.server import GrpcServer, PortInUseError
from twitchbot.adapters.grpc.services import SERVICE_NAMES
from twitchbot.usecases.application import Application

SERVING = HealthCheckResponse.SERVING
NOT_SERVING = HealthCheckResponse.NOT_SERVING
HEALTH = "/grpc.health.v1.Health/"


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
