"""Logging an account in while the service runs, through the API and from a terminal."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.conftest import Serve
from tests.support.child_process import ChildProcess
from tests.support.questions import bot_status, message_said, sent
from tests.support.running_bot import chat_environment, until_joined
from tests.support.service_process import ServiceProcess
from tests.support.waiting import eventually
from twitchbot.api import account_service_pb2 as pb
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

CODE = re.compile(r"Code +(\w+)")


async def acts_as(service: ServiceProcess, login: str) -> bool:
    status = await bot_status(service)
    return bool(status.authenticated and status.bot_username == login)


async def shown_code(terminal: ChildProcess) -> str:
    """Return the code that a person is asked to enter."""

    def codes() -> list[str]:
        return [found[1] for line in terminal.output if (found := CODE.match(line))]

    await eventually(lambda: codes() != [])
    return codes()[0]


async def test_a_guest_becomes_the_account_that_logs_in_through_the_api(
    sim: TwitchSim, account: Account, serve: Serve
) -> None:
    sim.configure(device_interval_s=1.0)
    secret = {"TWITCH_CLIENT_SECRET": sim.client_secret}
    service = await serve(**chat_environment(sim, "chan", **secret))
    await until_joined(service, ["chan"])
    assert (await bot_status(service)).anonymous

    started = await service.call("AccountService/StartDeviceLogin", pb.StartDeviceLoginRequest())
    asked = pb.GetDeviceLoginRequest(login_id=started.login_id)
    pending = await service.call("AccountService/GetDeviceLogin", asked)
    assert pending.state == pb.DEVICE_LOGIN_STATE_PENDING
    sim.approve_device(started.user_code, "mybot")

    async def is_granted() -> bool:
        answer = await service.call("AccountService/GetDeviceLogin", asked)
        return bool(answer.state == pb.DEVICE_LOGIN_STATE_GRANTED)

    await eventually(is_granted)
    await eventually(lambda: acts_as(service, "mybot"))
    await until_joined(service, ["chan"])
    assert (await sent(service, "chan", "now it is me")).success
    await message_said(service, "chan", "now it is me")


async def test_while_the_login_service_is_away_chat_is_read_as_a_guest(
    sim: TwitchSim, account: Account, serve: Serve
) -> None:
    sim.fail_http("/oauth2", status=503, times=1000)
    soon = {"STREAM_POLL_INTERVAL": "500ms"}
    service = await serve(**chat_environment(sim, "chan", token=account.token, **soon))
    await until_joined(service, ["chan"])
    assert (await bot_status(service)).anonymous

    sim.heal()

    await eventually(lambda: acts_as(service, "mybot"))
    await until_joined(service, ["chan"])
    assert (await sent(service, "chan", "now they know me")).success


async def test_a_login_that_is_granted_during_the_stop_is_stored(
    sim: TwitchSim, account: Account, serve: Serve
) -> None:
    sim.configure(device_interval_s=1.0)
    settings = chat_environment(sim, TWITCH_CLIENT_SECRET=sim.client_secret)
    service = await serve(**settings, SHUTDOWN_TIMEOUT="100ms")
    started = await service.call("AccountService/StartDeviceLogin", pb.StartDeviceLoginRequest())
    sim.approve_device(started.user_code, "mybot")
    sim.fail_http("/oauth2/token", status=None, delay_s=1.0)

    async def is_asked_of_twitch() -> bool:
        asked = pb.GetDeviceLoginRequest(login_id=started.login_id)
        await service.call.outcome("AccountService/GetDeviceLogin", asked, timeout_s=0.1)
        return sim.state.counts["oauth.POST /oauth2/token"] > 0

    await eventually(is_asked_of_twitch)
    assert await service.terminate() == 0

    service = await serve(**settings)
    answer = await service.call("AccountService/ListAccounts", pb.ListAccountsRequest())
    assert [stored.login for stored in answer.accounts] == ["mybot"]


async def test_twitchbot_login_logs_in_and_says_as_whom(
    sim: TwitchSim, account: Account, serve: Serve, tmp_path: Path
) -> None:
    sim.configure(device_interval_s=1.0)
    secret = {"TWITCH_CLIENT_SECRET": sim.client_secret}
    service = await serve(**chat_environment(sim, "chan", **secret))
    await until_joined(service, ["chan"])

    address = {"TWITCHBOT_ADDRESS": f"127.0.0.1:{service.grpc_port}"}
    async with ChildProcess(["-m", "twitchbot", "login"], tmp_path, address) as terminal:
        sim.approve_device(await shown_code(terminal), "mybot")
        assert any(line.startswith("Open   http") for line in terminal.output)
        assert await terminal.exit_code() == 0
        assert any("Logged in as mybot" in line for line in terminal.output)

    await eventually(lambda: acts_as(service, "mybot"))


async def test_a_login_that_is_refused_stores_nothing(
    sim: TwitchSim, account: Account, serve: Serve, tmp_path: Path
) -> None:
    sim.configure(device_interval_s=1.0)
    secret = {"TWITCH_CLIENT_SECRET": sim.client_secret}
    service = await serve(**chat_environment(sim, "chan", **secret))

    command = ["-m", "twitchbot", "login", "--address", f"127.0.0.1:{service.grpc_port}"]
    async with ChildProcess(command, tmp_path, {}) as terminal:
        sim.deny_device(await shown_code(terminal))
        assert await terminal.exit_code() == 1
        assert "Nothing was stored" in "\n".join(terminal.errors)

    answer = await service.call("AccountService/ListAccounts", pb.ListAccountsRequest())
    assert list(answer.accounts) == []
