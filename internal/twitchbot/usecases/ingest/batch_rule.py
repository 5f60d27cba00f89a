"""When a batch of messages is written, and how large it may grow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, frozen=True, kw_only=True)
class BatchRule:
    """Write when `rows` are waiting or the oldest has waited `max_age_s`.

    A store that falls behind takes up to `rows_under_load` at once: larger batches cost less per
    row, so the backlog shrinks.
    """

    rows: int = 100
    max_age_s: float = 1.5
    rows_under_load: int = 2000

    def wait_s(self, waiting: int, oldest_age_s: float) -> float:
        """Return how long to wait before writing; 0 means now."""
        if waiting >= self.rows:
            return 0.0
        return max(0.0, self.max_age_s - oldest_age_s)
