"""Socket to committed row: source, pipeline and store, wired as in the service."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy.engine import URL

from benchmarks.databases import SQLITE, Lender, opened
from benchmarks.figures import Figure
from benchmarks.irc_server import HOST, irc_server
from benchmarks.lab import Lab
from benchmarks.raw_writers import rows_for
from benchmarks.rows import baseline_of, write_raw
from benchmarks.timing import in_turn
from tests.support.application import AbsentTwitch
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.adapters.twitch.chat.parser import addressed_channel
from twitchbot.adapters.web.metrics import PrometheusMetrics
from twitchbot.bootstrap.chat import Chat, ChatNeeds, build_chat
from twitchbot.bootstrap.clock import SystemClock
from twitchbot.bootstrap.settings_reader import load
from twitchbot.support.supervise import Supervisor
from twitchbot.usecases.accounts.adopt_given_tokens import GivenTokens
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.streams.stream_router import StreamRouter

DEADLINE_S = 120.0

_POLL_S = 0.002
_STOP_S = 5.0


def run(lab: Lab) -> Iterator[Figure]:
    """Measure lines from a socket until their rows are committed, on both databases."""
    lines = lab.lines[: lab.sizes.rows]
    messages = sum(bool(addressed_channel(line)) for line in lines)
    with irc_server(lab.file_of(lines), tls=False) as (port, _):
        for kind in lab.sizes.databases:
            rows = rows_for(kind, lab.messages[:messages])
            baseline, lend = f"{baseline_of(kind)}, 2,000 each", lab.database(kind)
            rooms = list(lab.corpus.rooms)
            found = in_turn(
                lab.sizes.repeat,
                {
                    baseline: partial(write_raw, lend, rows, 2_000),
                    "ours": partial(_store, lend, port, rooms, messages),
                },
            )
            yield Figure(
                benchmark="store",
                subject=f"socket to row, {kind}",
                unit="lines/s",
                ours=found["ours"].times(len(lines) / messages),
                baseline=baseline,
                theirs=found[baseline],
                goal="≥ 0.50, ≥ 20,000/s" if kind == SQLITE else "≥ 0.60, ≥ 15,000/s",
            )


def _store(lend: Lender, port: int, channels: Sequence[str], messages: int) -> float:
    with lend() as url:
        return asyncio.run(_store_into(url, port, channels, messages))


async def _store_into(url: URL, port: int, channels: Sequence[str], messages: int) -> float:
    """Return how many messages per second are stored."""
    async with opened(url) as database, _running_chat(database, port, channels) as chat:
        async with asyncio.timeout(DEADLINE_S):
            while not chat.source.status().lines_received:  # noqa: ASYNC110 (nobody tells us)
                await asyncio.sleep(0)
            started = time.perf_counter()
            while chat.pipeline.stored < messages:  # noqa: ASYNC110 (nobody tells us)
                await asyncio.sleep(_POLL_S)
        return messages / (time.perf_counter() - started)


@asynccontextmanager
async def _running_chat(
    database: SqlDatabase, port: int, channels: Sequence[str]
) -> AsyncIterator[Chat]:
    """Run everything that hears and stores, as a guest in these channels."""
    settings = load(
        {
            "TWITCH_CHANNELS": ",".join(channels),
            "TWITCH_IRC_SERVER": HOST,
            "TWITCH_IRC_PORT": str(port),
            "TWITCH_IRC_TLS": "false",
        }
    )
    clock, supervisor = SystemClock(), Supervisor()
    keeper = TokenKeeper(database, AbsentTwitch(), clock, given=GivenTokens())
    await keeper.start()
    chat = build_chat(
        ChatNeeds(
            twitch=settings.twitch,
            ingest=settings.ingest,
            database=database,
            clock=clock,
            router=StreamRouter(),
            keeper=keeper,
            metrics=PrometheusMetrics(),
            read_chatters=_read_nothing,
        )
    )
    await chat.start(supervisor)
    try:
        yield chat
    finally:
        await chat.stop(supervisor, _STOP_S)
        await supervisor.cancel()


async def _read_nothing(_channel: str, _channel_id: str) -> None:
    pass
