"""Twitch's bad days: it dies, freezes, refuses. The bot comes back alone and breaks no limit."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.conftest import Report
from tests.support.questions import bot_status, channel_list, message_said
from tests.support.running_bot import until_joined
from tests.support.service_process import ServiceProcess
from tests.support.twitchsim_process import TwitchSimProcess
from tests.support.waiting import eventually
from twitchbot.api.bot_service_pb2 import CHANNEL_STATE_JOINED

CHANNELS = [f"chan{number:02}" for number in range(10)]
# More than two windows of joins; each takes ten seconds at Twitch.
MANY_CHANNELS = [f"chan{number:02}" for number in range(45)]
MANY_JOINS_S = 60.0
# What notices silence and goes on quickly, so that a test need not wait for minutes.
WATCHFUL = {
    "TWITCH_PING_AFTER": "1s",
    "TWITCH_PONG_TIMEOUT": "1s",
    "TWITCH_RETRY_BASE": "200ms",
    "TWITCH_RETRY_MAX": "2s",
    "TWITCH_JOIN_TIMEOUT": "5s",
    "INGEST_BATCH_AGE": "50ms",
}

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
async def sim(tmp_path: Path) -> AsyncIterator[TwitchSimProcess]:
    async with TwitchSimProcess(tmp_path) as running:
        yield running


@asynccontextmanager
async def a_bot(
    sim: TwitchSimProcess, directory: Path, channels: Sequence[str], *, logged_in: bool = True
) -> AsyncIterator[ServiceProcess]:
    token = (await sim.do("add_account", login="mybot"))["token"] if logged_in else ""
    for channel in channels:
        await sim.do("add_channel", login=channel)
    settings = sim.chat_environment(*channels, token=token, **WATCHFUL)
    async with ServiceProcess(directory, settings) as service:
        await service.until_ready()
        await until_joined(service, channels, MANY_JOINS_S)
        yield service
        assert await service.terminate() == 0
        assert service.tracebacks == []


async def is_heard_everywhere(
    sim: TwitchSimProcess, service: ServiceProcess, channels: Sequence[str]
) -> None:
    """Say something in each channel, and wait until all of it is stored."""
    texts = {channel: f"hello {uuid4()}" for channel in channels}
    for channel, text in texts.items():
        await sim.do("say", channel=channel, user="anna", text=text)
    for channel, text in texts.items():
        await message_said(service, channel, text)
    answer = await channel_list(service)
    assert {status.state for status in answer.statuses} == {CHANNEL_STATE_JOINED}


async def until_disconnected(service: ServiceProcess, deadline_s: float = 10.0) -> float:
    """Wait until the bot knows that it is not connected; return how long that took."""
    started = time.monotonic()

    async def is_disconnected() -> bool:
        return not (await bot_status(service)).connected

    await eventually(is_disconnected, deadline_s)
    return time.monotonic() - started


async def no_limit_was_broken(sim: TwitchSimProcess) -> None:
    counts = (await sim.stats())["counts"]
    assert counts.get("irc.join_limit_hits", 0) == 0
    assert counts.get("irc.login_limit_hits", 0) == 0


async def test_twitch_dies_and_comes_back(
    sim: TwitchSimProcess, tmp_path: Path, report: Report
) -> None:
    async with a_bot(sim, tmp_path, CHANNELS, logged_in=False) as service:
        await sim.do("start_load", rate=200, channels=CHANNELS)
        await service.until_metric("twitchbot_messages_stored_total", 200)
        await sim.kill()
        await until_disconnected(service)
        await asyncio.sleep(2.0)
        async with TwitchSimProcess(tmp_path, sim.ports) as again:
            for channel in CHANNELS:
                await again.do("add_channel", login=channel)
            started = time.monotonic()
            await until_joined(service, CHANNELS, MANY_JOINS_S)
            report(f"Twitch died: all joined again {time.monotonic() - started:.1f} s later")
            await is_heard_everywhere(again, service, CHANNELS)
            await no_limit_was_broken(again)


async def test_twitch_freezes_without_a_word(
    sim: TwitchSimProcess, tmp_path: Path, report: Report
) -> None:
    async with a_bot(sim, tmp_path, CHANNELS) as service:
        sim.send(signal.SIGSTOP)
        try:
            noticed_s = await until_disconnected(service)
            await asyncio.sleep(3.0)
        finally:
            sim.send(signal.SIGCONT)
        started = time.monotonic()
        await until_joined(service, CHANNELS, MANY_JOINS_S)
        again_s = time.monotonic() - started
        report(f"Twitch froze: noticed in {noticed_s:.1f} s, joined again in {again_s:.1f} s")
        reasons = [record["reason"] for record in service.logged("not connected to Twitch chat")]
        assert any("no sign of life" in reason for reason in reasons), reasons
        await is_heard_everywhere(sim, service, CHANNELS)
        await no_limit_was_broken(sim)


async def test_twitch_refuses_connections_for_a_while(
    sim: TwitchSimProcess, tmp_path: Path
) -> None:
    async with a_bot(sim, tmp_path, CHANNELS) as service:
        await sim.do("refuse_connections")
        await sim.do("cut")
        await until_disconnected(service)
        await asyncio.sleep(5.0)
        await sim.do("accept_connections")
        await until_joined(service, CHANNELS, MANY_JOINS_S)
        await is_heard_everywhere(sim, service, CHANNELS)
        await no_limit_was_broken(sim)
        assert len(service.logged("not connected to Twitch chat")) <= 3, "said again and again"


async def test_twitch_refuses_the_login_for_a_while(
    sim: TwitchSimProcess, tmp_path: Path, report: Report
) -> None:
    async with a_bot(sim, tmp_path, CHANNELS) as service:
        await sim.do("fail_logins", text="Login unsuccessful", times=1)
        await sim.do("cut")
        await until_disconnected(service)
        started = time.monotonic()
        await until_joined(service, CHANNELS, 120.0)
        report(f"login refused: joined again in {time.monotonic() - started:.1f} s")
        assert (await sim.stats())["counts"]["irc.login_failures"] == 1
        assert (await bot_status(service)).authenticated
        await is_heard_everywhere(sim, service, CHANNELS)


async def test_many_channels_are_joined_and_joined_again_at_twitchs_pace(
    sim: TwitchSimProcess, tmp_path: Path, report: Report
) -> None:
    started = time.monotonic()
    async with a_bot(sim, tmp_path, MANY_CHANNELS) as service:
        joined_s = time.monotonic() - started
        await sim.do("cut")
        await until_disconnected(service)
        cut = time.monotonic()
        await until_joined(service, MANY_CHANNELS, 2 * MANY_JOINS_S)
        again_s = time.monotonic() - cut
        report(f"45 channels: joined in {joined_s:.0f} s, again in {again_s:.0f} s")
        await no_limit_was_broken(sim)
        assert (await bot_status(service)).reconnects == 1
        await is_heard_everywhere(sim, service, MANY_CHANNELS)


async def test_a_connection_that_is_cut_again_and_again_breaks_no_limit(
    sim: TwitchSimProcess, tmp_path: Path
) -> None:
    async with a_bot(sim, tmp_path, CHANNELS) as service:
        for how in ("rst", "fin", "mid_line") * 4:
            await sim.do("cut", how=how)
            await asyncio.sleep(0.5)
        await until_joined(service, CHANNELS, MANY_JOINS_S)
        await is_heard_everywhere(sim, service, CHANNELS)
        await no_limit_was_broken(sim)
