"""What a message that waits for the store, and a channel, take in memory."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import Callable, Iterator

from benchmarks.figures import Figure, Sample
from benchmarks.hear import a_source
from benchmarks.lab import Lab, new_messages
from twitchbot.adapters.twitch.chat.events import Joined
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.usecases.ingest.batch_rule import BatchRule
from twitchbot.usecases.ingest.intake import Intake

MESSAGES = 20_000
CHANNELS = 10_000


def run(lab: Lab) -> Iterator[Figure]:
    """Measure by what Python allocates."""
    lines = lab.lines[:MESSAGES]
    yield _figure(
        "message that waits",
        _bytes_each(len(lines), lambda: _queued(lines)),
        "its line as bytes",
        _bytes_each(len(lines), lambda: [bytes(bytearray(line)) for line in lines]),
    )
    yield _figure(
        f"channel, {CHANNELS:,} joined",
        _bytes_each(CHANNELS, lambda: asyncio.run(_joined())),
        "its name and id in a dict",
        _bytes_each(CHANNELS, lambda: {f"channel_{at}": str(10**8 + at) for at in range(CHANNELS)}),
        "≤ 10,000 bytes",
    )


def _figure(subject: str, ours: float, baseline: str, theirs: float, goal: str = "") -> Figure:
    return Figure(
        benchmark="memory",
        subject=subject,
        unit="bytes",
        ours=Sample((ours,)),
        baseline=baseline,
        theirs=Sample((theirs,)),
        is_cost=True,
        goal=goal,
    )


def _bytes_each(count: int, build: Callable[[], object]) -> float:
    """Return what each of `count` things in an object takes."""
    gc.collect()
    tracemalloc.start()
    built = build()
    gc.collect()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del built
    return used / count


def _queued(lines: list[bytes]) -> Intake:
    intake = Intake(BatchRule(), high_water=len(lines), pause=_nothing, resume=_nothing)
    for new in new_messages(lines):
        intake.put(new)
    return intake


async def _joined() -> TwitchChatSource:
    source = a_source(lambda _line, _received_us: None)
    source.keep([f"channel_{at}" for at in range(CHANNELS)])
    for at in range(CHANNELS):
        source.on_event(Joined(f"channel_{at}", str(10**8 + at)))
    return source


def _nothing() -> None:
    pass
