"""What a service knows that was started again."""

from __future__ import annotations

from pathlib import Path

from tests.support.questions import channel_list, joined, message_said, until_session
from tests.support.running_bot import chat_environment, until_joined
from tests.support.service_process import ServiceProcess
from twitchbot.api.bot_service_pb2 import LeaveChannelRequest
from twitchbot.api.command_service_pb2 import CreateCommandRequest, ExecuteCommandRequest
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

USE = ExecuteCommandRequest(command_name="!rare", user_id="1", username="anna")


async def test_channels_cooldowns_and_sessions_outlive_the_process(
    sim: TwitchSim, account: Account, tmp_path: Path
) -> None:
    for channel in ("kept", "left"):
        sim.add_channel(channel)
    sim.go_live("kept")
    settings = chat_environment(sim, "chan", token=account.token, STREAM_POLL_INTERVAL="100ms")
    async with ServiceProcess(tmp_path, settings) as first:
        await first.until_ready()
        assert (await joined(first, "kept")).success
        assert (await joined(first, "left")).success
        await first.call("BotService/LeaveChannel", LeaveChannelRequest(channel="left"))
        session = await until_session(first, "kept", lambda found: found.is_active)
        await first.call(
            "CommandService/CreateCommand",
            CreateCommandRequest(name="!rare", response="x", is_active=True, cooldown_seconds=600),
        )
        assert (await first.call("CommandService/ExecuteCommand", USE)).success
        assert await first.terminate() == 0

    async with ServiceProcess(tmp_path, settings) as second:
        await second.until_ready()
        await until_joined(second, ["chan", "kept"])
        assert list((await channel_list(second)).channels) == ["chan", "kept"]
        again = await second.call("CommandService/ExecuteCommand", USE)
        assert (again.success, again.error) == (False, "command is on cooldown")
        assert 500 < again.cooldown_remaining <= 600
        await sim.say("kept", "anna", "still the same session")
        message = await message_said(second, "kept", "still the same session")
        assert message.stream_id == session.id
        assert second.tracebacks == []
    assert not sim.room("left").members
