"""How long to wait before trying again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator


def backoff(
    base_s: float, max_s: float, *, chance: Callable[[], float] = random.random
) -> Iterator[float]:
    """Yield delays without end: at least the base, doubling up to the maximum.

    Each is lengthened by up to a half, so that clients that failed together do not return
    together. Success is told by starting over with a new iterator.
    """
    delay_s = base_s
    while True:
        yield min(max_s, delay_s * (1 + chance() / 2))
        delay_s = min(max_s, delay_s * 2)
