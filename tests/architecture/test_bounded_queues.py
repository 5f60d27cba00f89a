"""The lint for queues sees what it must and lets pass what it should."""

import pytest

from scripts.bounded_queues import unbounded_lines


@pytest.mark.parametrize(
    "line",
    [
        "asyncio.Queue()",
        "queue.Queue(maxsize=0)",
        "asyncio.PriorityQueue(0)",
        "queue.SimpleQueue()",
        "deque()",
        "collections.deque(lines)",
        "deque(lines, maxlen=None)",
        "field(default_factory=deque)",
        "defaultdict(collections.deque)",
    ],
)
def test_a_queue_without_a_bound_is_found(line: str) -> None:
    assert list(unbounded_lines(f"x = 1\ny = {line}\n")) == [2]


@pytest.mark.parametrize(
    "line",
    [
        "asyncio.Queue(1000)",
        "asyncio.Queue(maxsize=settings.max_lines)",
        "deque(maxlen=20)",
        "deque(lines, 20)",
        "deque()  # bounded: one entry per channel",
        "x\n# Bounded by pause, for maxlen would drop lines.\ny = deque()",
        "isinstance(y, deque)",
    ],
)
def test_a_queue_with_a_bound_or_a_reason_passes(line: str) -> None:
    assert list(unbounded_lines(f"y = {line}\n")) == []
