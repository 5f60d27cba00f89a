"""A bot under a steady load: what was said, what was stored, and what it cost."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlalchemy.engine import URL

from tests.support.questions import until_session
from tests.support.running_bot import sqlite_url, until_joined, url_text
from tests.support.service_process import ServiceProcess
from tests.support.stored import rows
from tests.support.twitchsim_process import TwitchSimProcess
from tests.support.waiting import eventually
from twitchbot.api.common_pb2 import IdRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

# What is under it did not load the bot, and proves nothing.
LEAST_SHARE_OF_THE_RATE = 0.9
PROBE_PAUSE_S = 0.05
DRAIN_S = 30.0
# A hundred joins take a minute, by Twitch's own limit.
JOIN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPlan:
    """How much is said for how long; every second channel is live meanwhile."""

    channels: int
    rate: float
    seconds: float

    @property
    def messages(self) -> int:
        """How many messages that makes."""
        return int(self.rate * self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFigures:
    """What a run showed; `p99_ms` is of GetMessage while the load went on."""

    offered: int
    stored: int
    rate: float
    lag_s: float
    memory_peak_mb: float
    calls: int
    p50_ms: float
    p99_ms: float


async def load_run(directory: Path, plan: LoadPlan, database: URL | None = None) -> LoadFigures:
    """Load a bot, and check each message that was said against what is stored of it.

    Raises:
        AssertionError: a message is missing, double, altered or in a wrong place, or the load was
            too low to matter.
    """
    url = database or sqlite_url(directory)
    channels = [f"chan{number:03}" for number in range(plan.channels)]
    async with TwitchSimProcess(directory) as sim:
        token = (await sim.do("add_account", login="mybot"))["token"]
        settings = sim.chat_environment(*channels, token=token, STREAM_POLL_INTERVAL="1s")
        await _open(sim, channels)
        if database is not None:
            settings["DATABASE_URL"] = url_text(database)
        async with ServiceProcess(directory, settings) as service:
            await service.until_ready()
            await until_joined(service, channels, JOIN_S)
            streams = await _sessions(service, channels)
            figures = await _loaded(sim, service, plan, channels)
            assert service.tracebacks == []
            assert await service.terminate() == 0
        stored = await asyncio.to_thread(rows, url, STORED)
        check(await sim.lines(), stored, channels, streams)
    return figures


STORED = "SELECT message_id, channel, channel_id, stream_id, text FROM chat_messages"


def check(
    lines: Sequence[dict[str, Any]],
    stored: Sequence[dict[str, Any]],
    channels: Sequence[str],
    streams: dict[str, str],
) -> None:
    """Fail unless each line is stored once, as it was said, in its channel and its stream."""
    said = {line["message_id"]: line for line in lines}
    times = Counter(row["message_id"] for row in stored)
    assert [one for one, count in times.items() if count > 1] == []
    assert len(said.keys() - times.keys()) == 0, "messages are missing"
    assert len(times.keys() - said.keys()) == 0, "messages were made up"
    for row in stored:
        line = said[row["message_id"]]
        assert int(row["channel_id"]) == line["room_id"]
        assert row["channel"] in channels
        assert crc32(row["text"].encode()) == line["text_crc"]
        assert as_text(row["stream_id"]) == streams[row["channel"]]


def as_text(stream_id: Any) -> str:
    """Return a stream's id as the API writes it, from a row of either database."""
    return str(UUID(bytes=stream_id) if isinstance(stream_id, bytes) else stream_id)


async def _open(sim: TwitchSimProcess, channels: Sequence[str]) -> None:
    for number, channel in enumerate(channels):
        await sim.do("add_channel", login=channel, live=number % 2 == 0)


async def _sessions(service: ServiceProcess, channels: Sequence[str]) -> dict[str, str]:
    """Return each channel's stream, once all that are live have one."""
    streams = dict.fromkeys(channels, str(CHAT_ONLY_STREAM_ID))
    for channel in channels[::2]:
        session = await until_session(service, channel, lambda found: found.is_active)
        streams[channel] = session.id
    return streams


async def _loaded(
    sim: TwitchSimProcess, service: ServiceProcess, plan: LoadPlan, channels: Sequence[str]
) -> LoadFigures:
    started = time.monotonic()
    await sim.do("start_load", rate=plan.rate, channels=list(channels), count=plan.messages)
    probing = asyncio.create_task(_probe(service))
    try:
        await _until_said(sim, plan)
        ended = time.monotonic()
        stored = "twitchbot_messages_stored_total"
        await service.until_metric(stored, plan.messages, DRAIN_S)
        lag_s = time.monotonic() - ended
    finally:
        probing.cancel()
        await asyncio.wait((probing,))
    rate = plan.messages / (ended - started)
    assert rate >= LEAST_SHARE_OF_THE_RATE * plan.rate, f"void: only {rate:.0f} messages/s"
    latencies_ms = probing.result()
    assert len(latencies_ms) > plan.seconds, "void: too few calls"
    return LoadFigures(
        offered=plan.messages,
        stored=int(await service.metric(stored)),
        rate=rate,
        lag_s=lag_s,
        memory_peak_mb=service.memory_peak_mb(),
        calls=len(latencies_ms),
        p50_ms=statistics.median(latencies_ms),
        p99_ms=statistics.quantiles(latencies_ms, n=100)[98],
    )


async def _until_said(sim: TwitchSimProcess, plan: LoadPlan) -> None:
    async def is_said() -> bool:
        await asyncio.sleep(0.1)
        return int((await sim.stats())["lines"]) >= plan.messages

    await eventually(is_said, 2 * plan.seconds + 10)


async def _probe(service: ServiceProcess) -> list[float]:
    """Ask for one message again and again until cancelled; return how long each call took in ms."""
    latencies_ms: list[float] = []
    asked = IdRequest()
    try:
        while True:
            await asyncio.sleep(PROBE_PAUSE_S)
            if not asked.id:
                page = await service.call(
                    "MessageService/ListMessages", ListMessagesRequest(limit=1)
                )
                asked.id = page.messages[0].id if page.messages else ""
                continue
            started = time.perf_counter()
            await service.call("MessageService/GetMessage", asked)
            latencies_ms.append((time.perf_counter() - started) * 1000)
    except asyncio.CancelledError:
        # The measurements are the task's result; whoever ends it wants them.
        return latencies_ms
