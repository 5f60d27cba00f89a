"""The first minutes of a newcomer: nothing configured, `twitchbot run`, and the README's calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from grpc_reflection.v1alpha import reflection_pb2

from tests.support.service_process import ServiceProcess
from tests.support.waiting import eventually
from twitchbot.api.bot_service_pb2 import ListChannelsRequest
from twitchbot.api.command_service_pb2 import CreateCommandRequest, ExecuteCommandRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest, SearchMessagesRequest
from twitchbot.api.stream_service_pb2 import GetActiveStreamRequest

SERVICES = {
    "twitchbot.AccountService",
    "twitchbot.BotService",
    "twitchbot.ChannelViewerService",
    "twitchbot.ClipService",
    "twitchbot.CommandService",
    "twitchbot.MessageService",
    "twitchbot.StreamService",
    "twitchbot.ViewerService",
}


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[ServiceProcess]:
    async with ServiceProcess(tmp_path, command="run") as service:
        await service.until_ready()
        yield service


async def test_the_readmes_first_calls_work_with_nothing_configured(demo: ServiceProcess) -> None:
    await _the_banner_says_where_everything_is(demo)
    await _services_are_listed(demo, "v1")
    await _services_are_listed(demo, "v1alpha")
    channels = (await demo.call("BotService/ListChannels", ListChannelsRequest())).channels
    assert len(channels) == 6

    async def are_messages_there() -> bool:
        return bool((await _listed(demo)).total > 10)

    await eventually(are_messages_there, 30.0)
    first = await _listed(demo)
    await _a_message_is_found_by_its_words(demo, first.messages)
    await _a_stream_is_active(demo)
    await _a_command_is_made_and_used(demo)

    async def are_there_more() -> bool:
        return bool((await _listed(demo)).total > first.total)

    await eventually(are_there_more)
    health = await demo.health()
    assert health["status"] == "ok", health
    assert (await demo.get("/health/ready")).status_code == 200


async def _the_banner_says_where_everything_is(demo: ServiceProcess) -> None:
    await eventually(lambda: any("Ctrl-C" in line for line in demo.output))
    banner = "\n".join(demo.output)
    assert "DEMO: a simulated Twitch" in banner
    assert f"127.0.0.1:{demo.grpc_port}" in banner
    assert f"http://127.0.0.1:{demo.http_port}/health" in banner


async def _listed(demo: ServiceProcess) -> Any:
    return await demo.call("MessageService/ListMessages", ListMessagesRequest(limit=100))


async def _a_message_is_found_by_its_words(demo: ServiceProcess, messages: Any) -> None:
    said = next(message for message in messages if message.message.isascii())
    word = max(said.message.split(), key=len)
    query = SearchMessagesRequest(query=f'"{word}"', limit=1000)
    found = await demo.call("MessageService/SearchMessages", query)
    assert said.id in {message.id for message in found.messages}


async def _a_stream_is_active(demo: ServiceProcess) -> None:
    async def is_live() -> bool:
        answer = await demo.call("StreamService/GetActiveStream", GetActiveStreamRequest())
        return bool(answer.stream.twitch_stream_id)

    await eventually(is_live)


async def _a_command_is_made_and_used(demo: ServiceProcess) -> None:
    command = CreateCommandRequest(
        name="!hi", response="Hello, chat!", is_active=True, cooldown_seconds=5
    )
    await demo.call("CommandService/CreateCommand", command)
    use = ExecuteCommandRequest(command_name="!hi", user_id="1", username="me")
    answer = await demo.call("CommandService/ExecuteCommand", use)
    assert (answer.success, answer.response) == (True, "Hello, chat!")
    again = await demo.call("CommandService/ExecuteCommand", use)
    assert (again.success, again.error) == (False, "command is on cooldown")


async def _services_are_listed(demo: ServiceProcess, version: str) -> None:
    ask = demo.call.channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        reflection_pb2.ServerReflectionRequest.SerializeToString,
        reflection_pb2.ServerReflectionResponse.FromString,
    )
    call = ask(timeout=20.0)
    await call.write(reflection_pb2.ServerReflectionRequest(list_services=""))
    await call.done_writing()
    answer: Any = await call.read()
    assert {service.name for service in answer.list_services_response.service} >= SERVICES
