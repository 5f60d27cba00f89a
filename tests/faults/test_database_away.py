"""A database that goes away while chat goes on: nothing is lost, and everybody is told."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest
from google.protobuf.message import Message
from sqlalchemy.engine import URL

from tests.faults.conftest import Report
from tests.support.databases import own_postgres
from tests.support.grpc_calls import Refusal
from tests.support.load_run import STORED, check
from tests.support.running_bot import sqlite_url, until_joined, url_text
from tests.support.service_process import ServiceProcess
from tests.support.stored import rows
from tests.support.twitchsim_process import TwitchSimProcess
from tests.support.waiting import eventually
from twitchbot.api.message_service_pb2 import ListMessagesRequest
from twitchbot.api.stream_service_pb2 import CreateStreamRequest
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

CHANNELS = ("one", "two", "three")
RATE = 300
SECONDS = 20
BEFORE_S, AWAY_S = 3.0, 10.0
# With fewer that wait the outage did not hit.
LEAST_WAITING = 300
# Less than is said during the outage.
QUEUE_MAX = 500

pytestmark = pytest.mark.timeout(180)


async def test_postgresql_is_stopped_and_started_again(tmp_path: Path, report: Report) -> None:
    with own_postgres() as server, server.database() as url:

        async def meanwhile(service: ServiceProcess) -> None:
            await asyncio.to_thread(server.stop)
            try:
                await _until_told(service, "MessageService/ListMessages", ListMessagesRequest())
                await _health_says_so(service)
                await _until_waiting(service, LEAST_WAITING)
                await asyncio.sleep(AWAY_S)
            finally:
                await asyncio.to_thread(server.start)

        async with outage(tmp_path, meanwhile, url) as figures:
            report(f"postgresql stopped: {figures}")


async def test_postgresql_is_away_for_longer_than_the_queue_has_room(
    tmp_path: Path, report: Report
) -> None:
    with own_postgres() as server, server.database() as url:

        async def meanwhile(service: ServiceProcess) -> None:
            await asyncio.to_thread(server.stop)
            try:
                await _until_waiting(service, QUEUE_MAX)
                await asyncio.sleep(AWAY_S)
                # What does not fit waits in the network: here is the queue, a batch, and a chunk.
                assert await service.metric("twitchbot_messages_waiting") < 3 * QUEUE_MAX
            finally:
                await asyncio.to_thread(server.start)

        async with outage(tmp_path, meanwhile, url, INGEST_QUEUE_MAX=str(QUEUE_MAX)) as figures:
            report(f"postgresql stopped, full queue: {figures}")


async def test_sqlite_is_locked_by_somebody_else(tmp_path: Path, report: Report) -> None:
    path = str(tmp_path / "data" / "twitchbot.db")

    async def meanwhile(service: ServiceProcess) -> None:
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            locked_at = time.monotonic()
            request = CreateStreamRequest(title="not now")
            await _until_told(service, "StreamService/CreateStream", request)
            # Those who only read are not held up.
            await service.call("MessageService/ListMessages", ListMessagesRequest(limit=1))
            await service.until_logged("messages wait for the database")
            health = await service.health()
            assert health["status"] == "degraded"
            assert health["parts"]["ingest"]["status"] == "degraded"
            await _until_waiting(service, LEAST_WAITING)
            await asyncio.sleep(max(0.0, AWAY_S - (time.monotonic() - locked_at)))
            other.execute("ROLLBACK")
        other.close()

    async with outage(tmp_path, meanwhile) as figures:
        report(f"sqlite locked: {figures}")


@asynccontextmanager
async def outage(
    directory: Path,
    meanwhile: Callable[[ServiceProcess], Awaitable[None]],
    database: URL | None = None,
    **environment: str,
) -> AsyncIterator[dict[str, float]]:
    """Let an outage happen under load, and check everything that was said; gives the figures."""
    url = database or sqlite_url(directory)
    count = RATE * SECONDS
    async with TwitchSimProcess(directory) as sim:
        for channel in CHANNELS:
            await sim.do("add_channel", login=channel)
        settings = sim.chat_environment(*CHANNELS, **environment)
        if database is not None:
            settings["DATABASE_URL"] = url_text(database)
        async with ServiceProcess(directory, settings) as service:
            await service.until_ready()
            await until_joined(service, CHANNELS)
            await sim.do("start_load", rate=RATE, channels=list(CHANNELS), count=count)
            await service.until_metric("twitchbot_messages_stored_total", RATE * BEFORE_S, 20.0)
            began = time.monotonic()
            await meanwhile(service)
            ended = time.monotonic()
            await service.until_metric("twitchbot_messages_stored_total", count, 60.0)
            recovered = time.monotonic()
            await _everything_is_well_again(service)
            assert await service.terminate() == 0
            assert service.tracebacks == []
        lines = await sim.lines()
        assert len(lines) == count
        streams = dict.fromkeys(CHANNELS, str(CHAT_ONLY_STREAM_ID))
        check(lines, await asyncio.to_thread(rows, url, STORED), CHANNELS, streams)
        yield {
            "messages": count,
            "away_s": round(ended - began, 1),
            "until_all_stored_s": round(recovered - ended, 1),
        }


async def _health_says_so(service: ServiceProcess) -> None:
    health = await service.health()
    assert health["status"] == "down"
    assert health["parts"]["database"]["status"] == "down"
    assert (await service.get("/health/ready")).status_code == 503
    assert (await service.get("/health/live")).status_code == 200


async def _everything_is_well_again(service: ServiceProcess) -> None:
    """Check that the outage was told once, and its end once."""
    assert len(service.logged("messages wait for the database")) == 1
    assert len(service.logged("messages are stored again")) == 1
    assert service.logged("not connected to Twitch chat") == []

    async def is_well() -> bool:
        return bool((await service.health())["status"] == "ok")

    await eventually(is_well, 60.0)
    assert (await service.get("/health/ready")).status_code == 200


async def _until_told(service: ServiceProcess, method: str, request: Message) -> None:
    """Wait until a call is told that the database is away, and when to come back."""
    async with asyncio.timeout(30.0):
        while True:
            outcome = await service.call.outcome(method, request)
            if not isinstance(outcome, Refusal):
                continue
            assert outcome.code == grpc.StatusCode.UNAVAILABLE, outcome
            assert outcome.reason == "DATABASE_UNAVAILABLE", outcome
            assert outcome.retry_after_s, outcome
            return


async def _until_waiting(service: ServiceProcess, messages: int) -> None:
    await service.until_metric("twitchbot_messages_waiting", messages, 20.0)
