"""Runs things in turn, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from benchmarks.figures import Sample


def in_turn(repeat: int, runs: Mapping[str, Callable[[], float]]) -> dict[str, Sample]:
    """Run everything `repeat` times, one after the other, and return what each run returned."""
    values: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeat):
        for name, run in runs.items():
            with _own_garbage_only():
                values[name].append(run())
    return {name: Sample(tuple(found)) for name, found in values.items()}


def per_second(count: int, work: Callable[[], object]) -> float:
    """Return how many of `count` things are done per second by some work."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


@contextmanager
def _own_garbage_only() -> Iterator[None]:
    """Keep the collector away from the corpus: a run pays for its own objects only."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
