"""What runs depends on what is configured: nothing, a channel, a token, TLS, a token that ended."""

from __future__ import annotations

from pathlib import Path

import grpc
import pytest

from tests.e2e.conftest import Serve
from tests.support.questions import bot_status, joined, message_said, sent
from tests.support.running_bot import a_running_bot, chat_environment, until_joined
from tests.support.service_process import ServiceProcess
from tests.support.waiting import eventually
from twitchbot.api import bot_service_pb2 as pb
from twitchbot.api.account_service_pb2 import ListAccountsRequest
from twitchbot.api.stream_service_pb2 import CreateStreamRequest
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings
from twitchsim.verbs.accounts import Account

BOT_METHODS = {
    "JoinChannel": pb.JoinChannelRequest(channel="chan"),
    "LeaveChannel": pb.LeaveChannelRequest(channel="chan"),
    "ListChannels": pb.ListChannelsRequest(),
    "GetBotStatus": pb.GetBotStatusRequest(),
    "SendMessage": pb.SendMessageRequest(channel="chan", message="hello"),
}


async def test_without_twitch_settings_all_but_the_bot_works(serve: Serve) -> None:
    service = await serve()
    for method, request in BOT_METHODS.items():
        refusal = await service.call.refused(f"BotService/{method}", request)
        assert refusal.code == grpc.StatusCode.FAILED_PRECONDITION, method
        assert refusal.reason == "BOT_DISABLED", method
        assert "TWITCH_CHANNEL" in refusal.text, method
    created = await service.call("StreamService/CreateStream", CreateStreamRequest(title="A run"))
    assert created.stream.is_active
    health = await service.health()
    assert health["status"] == "ok"
    assert health["parts"]["chat"]["status"] == "off"


async def test_a_channel_without_a_token_is_read_as_a_guest(sim: TwitchSim, serve: Serve) -> None:
    settings = chat_environment(sim, "chan")
    service = await serve(**settings)
    await until_joined(service, ["chan"])
    await sim.say("chan", "anna", "hello guest")
    await message_said(service, "chan", "hello guest")

    status = await bot_status(service)
    assert status.anonymous
    assert not status.authenticated
    assert status.bot_username.startswith("justinfan")
    asked = pb.SendMessageRequest(channel="chan", message="hello")
    refusal = await service.call.refused("BotService/SendMessage", asked)
    assert refusal.code == grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "NOT_LOGGED_IN"


async def test_anonymous_reading_starts_without_a_channel(sim: TwitchSim, serve: Serve) -> None:
    settings = chat_environment(sim, TWITCH_ANONYMOUS="true", TWITCH_CLIENT_ID="")
    service = await serve(**settings)

    async def is_connected() -> bool:
        return bool((await bot_status(service)).connected)

    await eventually(is_connected)
    assert (await joined(service, "chan")).success


async def test_a_full_bot_speaks_over_tls(tmp_path: Path) -> None:
    async with TwitchSim(SimSettings(ports=PortSettings(tls=True))) as sim:
        sim.add_channel("chan")
        token = sim.add_account("mybot").token
        settings = chat_environment(
            sim,
            "chan",
            token=f"oauth:{token}",
            TWITCH_IRC_PORT=str(sim.irc_tls_port),
            TWITCH_IRC_TLS="",
            TWITCH_IRC_CA_FILE=sim.ca_file,
        )
        async with ServiceProcess(tmp_path, settings) as service:
            await service.until_ready()
            await until_joined(service, ["chan"])
            assert (await sent(service, "chan", "hello")).success
            await message_said(service, "chan", "hello")
            assert service.tracebacks == []


async def test_a_certificate_that_nobody_vouches_for_is_not_accepted(serve: Serve) -> None:
    async with TwitchSim(SimSettings(ports=PortSettings(tls=True))) as sim:
        sim.add_channel("chan")
        settings = chat_environment(
            sim, "chan", TWITCH_IRC_PORT=str(sim.irc_tls_port), TWITCH_IRC_TLS="true"
        )
        service = await serve(**settings)
        await service.until_logged("not connected to Twitch chat")
        assert "certificate verify failed" in (await bot_status(service)).connection_error
        assert (await service.get("/health/ready")).status_code == 200


async def until_helix_was_asked(service: ServiceProcess) -> None:
    """Wait for the last of the calls that follow a start: from then on only chat needs a token."""
    await until_joined(service, ["chan"])
    await service.until_logged("chatters not shown")

    async def was_asked() -> bool:
        jobs = (await service.health())["parts"]["jobs"]["jobs"]
        return jobs["watch streams"] is not None

    await eventually(was_asked)


@pytest.fixture
def confidential(sim: TwitchSim) -> dict[str, str]:
    """What lets a token renew itself."""
    return {"TWITCH_CLIENT_SECRET": sim.client_secret}


async def test_a_token_that_ended_before_the_start_is_renewed(
    sim: TwitchSim, account: Account, serve: Serve, confidential: dict[str, str]
) -> None:
    sim.expire_token("mybot")
    settings = chat_environment(
        sim,
        "chan",
        token=account.token,
        TWITCH_REFRESH_TOKEN=account.refresh_token,
        **confidential,
    )
    service = await serve(**settings)
    await until_joined(service, ["chan"])

    status = await bot_status(service)
    assert (status.authenticated, status.bot_username) == (True, "mybot")
    assert sim.state.counts["oauth.refreshes"] == 1
    assert (await sent(service, "chan", "renewed")).success
    (stored,) = (await service.call("AccountService/ListAccounts", ListAccountsRequest())).accounts
    assert (stored.login, stored.need_reauth) == ("mybot", False)


async def test_a_login_that_fails_renews_the_token_once(
    sim: TwitchSim, account: Account, serve: Serve, confidential: dict[str, str]
) -> None:
    settings = chat_environment(
        sim,
        "chan",
        token=account.token,
        TWITCH_REFRESH_TOKEN=account.refresh_token,
        **confidential,
    )
    service = await serve(**settings)
    await until_helix_was_asked(service)
    sim.expire_token("mybot")
    sim.cut()

    async def is_back() -> bool:
        status = await bot_status(service)
        return status.reconnects == 1 and "chan" in status.active_channels

    await eventually(is_back)
    assert (await bot_status(service)).authenticated
    assert sim.state.counts["irc.login_failures"] == 1
    assert sim.state.counts["oauth.refreshes"] == 1
    await sim.say("chan", "anna", "you are back")
    await message_said(service, "chan", "you are back")


async def test_a_channel_joined_as_the_broadcaster_has_no_limits(tmp_path: Path) -> None:
    async with a_running_bot(tmp_path, "mybot", moderates=False) as bot:
        texts = [f"line {number}" for number in range(5)]
        for text in texts:
            assert (await sent(bot.service, "mybot", text)).success
        assert [said.text for said in bot.sim.client_messages] == texts
