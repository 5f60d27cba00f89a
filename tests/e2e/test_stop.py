"""SIGTERM and SIGINT: everything that was heard is stored, and the exit code is 0."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import grpc
import pytest

from tests.support.grpc_calls import Refusal
from tests.support.running_bot import a_running_bot
from tests.support.stored import message_ids
from tests.support.waiting import eventually
from twitchbot.api import bot_service_pb2 as pb

MESSAGES = 500


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_what_waits_is_stored_before_the_end(tmp_path: Path, number: signal.Signals) -> None:
    async with a_running_bot(
        tmp_path, "chan", INGEST_BATCH_AGE="1h", INGEST_BATCH_SIZE="2000"
    ) as bot:
        bot.sim.start_load(5000, ["chan"], count=MESSAGES)
        await bot.sim.until_load_ends()
        await bot.service.until_metric("twitchbot_messages_waiting", MESSAGES)
        assert message_ids(bot.url) == []

        started = time.monotonic()
        bot.service.send(number)
        assert await bot.service.exit_code() == 0

        assert time.monotonic() - started < 10
        (stopped,) = bot.service.logged("stopped")
        assert (stopped["messages_flushed"], stopped["messages_lost"]) == (MESSAGES, 0)
        stored = message_ids(bot.url)
        assert len(stored) == MESSAGES
        assert set(stored) == bot.sim.ledger.message_ids()
        assert bot.service.tracebacks == []


async def test_while_it_stops_it_is_not_ready_and_finishes_what_it_began(tmp_path: Path) -> None:
    async with a_running_bot(tmp_path, "chan") as bot:
        bot.sim.add_channel("slow")
        bot.sim.configure(join_delay_s=2.0)
        under_way = bot.service.call.start(
            "BotService/JoinChannel", pb.JoinChannelRequest(channel="slow")
        )
        await eventually(lambda: bot.sim.state.counts["irc.joins"] == 2)

        bot.service.send(signal.SIGTERM)
        await bot.service.until_logged("stopping")

        assert (await bot.service.get("/health/ready")).status_code == 503
        assert (await bot.service.get("/health/live")).status_code == 200
        late = await bot.service.call.outcome("BotService/ListChannels", pb.ListChannelsRequest())
        assert isinstance(late, Refusal)
        assert late.code == grpc.StatusCode.UNAVAILABLE
        assert (await under_way).success
        assert await bot.service.exit_code() == 0
        assert bot.service.tracebacks == []
