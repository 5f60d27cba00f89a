"""Metrics that a test can look at."""

from __future__ import annotations

from collections import Counter

from twitchbot.usecases.ports.metrics import Metrics


class CountingMetrics(Metrics):
    """Keeps every figure as a plain number."""

    def __init__(self) -> None:
        self.received = 0
        self.unreadable = 0
        self.offered = 0
        self.stored = 0
        self.rejected = 0
        self.commands: Counter[str] = Counter()

    def line_received(self) -> None:
        self.received += 1

    def line_unreadable(self) -> None:
        self.unreadable += 1

    def batch_stored(self, offered: int, stored: int, seconds: float) -> None:
        self.offered += offered
        self.stored += stored

    def row_rejected(self) -> None:
        self.rejected += 1

    def command_answered(self, outcome: str) -> None:
        self.commands[outcome] += 1
