"""Messages to committed rows, with everything that is counted from them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from sqlalchemy.engine import URL

from benchmarks.databases import SQLITE, Lender, opened
from benchmarks.figures import Figure
from benchmarks.lab import Lab
from benchmarks.raw_writers import Row, raw_writer, rows_for
from benchmarks.timing import in_turn
from twitchbot.domain.message import NewMessage
from twitchbot.usecases.messages.store_messages import store_messages

BATCHES = (100, 1_000, 2_000)


def run(lab: Lab) -> Iterator[Figure]:
    """Measure `store_messages` by batch size, beside writers that know message rows only."""
    for kind in lab.sizes.databases:
        messages = lab.messages
        rows = rows_for(kind, messages)
        for size in BATCHES:
            baseline, lend = baseline_of(kind), lab.database(kind)
            found = in_turn(
                lab.sizes.repeat,
                {
                    baseline: partial(write_raw, lend, rows, size),
                    "ours": partial(_store, lend, messages, size),
                },
            )
            yield Figure(
                benchmark="rows",
                subject=f"{kind}, batches of {size:,}",
                unit="rows/s",
                ours=found["ours"],
                baseline=baseline,
                theirs=found[baseline],
                goal="≥ 0.50" if kind == SQLITE else "≥ 0.60",
            )


def baseline_of(kind: str) -> str:
    """Name the baseline of a database."""
    return "executemany of message and search rows" if kind == SQLITE else "COPY of message rows"


def write_raw(lend: Lender, rows: Sequence[Row], size: int) -> float:
    """Return how many ready-made rows per second the driver alone writes in such batches."""
    with lend() as url, raw_writer(url) as writer:
        started = time.perf_counter()
        for start in range(0, len(rows), size):
            writer.write(rows[start : start + size])
        return len(rows) / (time.perf_counter() - started)


def _store(lend: Lender, messages: Sequence[NewMessage], size: int) -> float:
    with lend() as url:
        return asyncio.run(_store_into(url, messages, size))


async def _store_into(url: URL, messages: Sequence[NewMessage], size: int) -> float:
    async with opened(url) as database:
        left = iter(messages)
        started = time.perf_counter()
        while batch := list(islice(left, size)):
            async with database.write() as repositories:
                await store_messages(repositories, batch)
        return len(messages) / (time.perf_counter() - started)
