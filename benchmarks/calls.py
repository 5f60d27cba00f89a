"""Unary calls: the real server with SQLite, callers in a process of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from uuid import UUID

from sqlalchemy.engine import URL

from benchmarks.call_load import Load, answer_of, apply_load
from benchmarks.call_servers import RunningServer, echo_server, our_server
from benchmarks.databases import SQLITE, opened
from benchmarks.figures import Figure, Sample
from benchmarks.lab import Lab
from twitchbot.api.common_pb2 import IdRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest
from twitchbot.domain.message import NewMessage
from twitchbot.usecases.messages.store_messages import store_messages

CALLERS = (1, 16, 64)
BASELINE = "bare grpc.aio, same answer ready made"

_STORED = 5_000
_METHODS = {
    "GetMessage": "/twitchbot.MessageService/GetMessage",
    "ListMessages of 50": "/twitchbot.MessageService/ListMessages",
}


@dataclass(slots=True, frozen=True)
class _Measured:
    """The loads of all repetitions, and the server's time on the processor per call, in µs."""

    loads: tuple[Load, ...]
    cpu_us: tuple[float, ...]

    @property
    def rates(self) -> Sample:
        return Sample(tuple(load.calls / load.seconds for load in self.loads))

    @property
    def p99_ms(self) -> Sample:
        return Sample(tuple(load.p99_ms for load in self.loads))


def run(lab: Lab) -> Iterator[Figure]:
    """Measure calls per second and their 99th percentile, beside a server that only echoes."""
    messages = lab.messages[:_STORED]
    requests = {
        "GetMessage": IdRequest(id=str(UUID(bytes=messages[0].key))).SerializeToString(),
        "ListMessages of 50": ListMessagesRequest(limit=50).SerializeToString(),
    }
    with lab.database(SQLITE)() as url:
        asyncio.run(_fill(url, messages))
        with our_server(url) as ours:
            answers = {
                _METHODS[name]: asyncio.run(answer_of(ours.port, _METHODS[name], request))
                for name, request in requests.items()
            }
            with echo_server(answers) as echo:
                for name, request in requests.items():
                    for callers in CALLERS:
                        yield from _compare(lab, (ours, echo), name, request, callers)


async def _fill(url: URL, messages: Sequence[NewMessage]) -> None:
    async with opened(url) as database, database.write() as repositories:
        await store_messages(repositories, messages)


def _compare(
    lab: Lab,
    servers: tuple[RunningServer, RunningServer],
    name: str,
    request: bytes,
    callers: int,
) -> Iterator[Figure]:
    ours, theirs = _measure(lab, servers, _METHODS[name], request, callers)
    subject = f"{name}, {callers} caller{'s' * (callers > 1)}"
    goal = "≥ 0.70" if name == "GetMessage" else "≥ 0.80"
    values = (
        ("calls/s", ours.rates, theirs.rates, goal),
        ("ms p99", ours.p99_ms, theirs.p99_ms, "≥ 0.67"),
        ("µs CPU/call", Sample(ours.cpu_us), Sample(theirs.cpu_us), ""),
    )
    for unit, our_sample, their_sample, wanted in values:
        yield Figure(
            benchmark="calls",
            subject=subject,
            unit=unit,
            ours=our_sample,
            baseline=BASELINE,
            theirs=their_sample,
            is_cost=unit != "calls/s",
            goal=wanted,
        )


def _measure(
    lab: Lab,
    servers: tuple[RunningServer, RunningServer],
    method: str,
    request: bytes,
    callers: int,
) -> list[_Measured]:
    """Load the servers in turn."""
    loads: list[list[Load]] = [[] for _ in servers]
    cpu_us: list[list[float]] = [[] for _ in servers]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        for _ in range(lab.sizes.repeat):
            for at, server in enumerate(servers):
                before_s = server.cpu_s()
                found = process.submit(
                    apply_load, server.port, method, request, callers, lab.sizes.seconds
                ).result()
                loads[at].append(found)
                cpu_us[at].append((server.cpu_s() - before_s) / found.calls * 1e6)
    return [_Measured(tuple(mine), tuple(times)) for mine, times in zip(loads, cpu_us, strict=True)]
