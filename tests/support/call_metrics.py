"""Metrics of calls that a test can look at."""

from __future__ import annotations

from twitchbot.adapters.grpc.method import CallMetrics


class CountingCallMetrics(CallMetrics):
    """Keeps every call and counts the bugs, of which a test may expect some."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, float]] = []
        self.bugs = 0
        self.expected_bugs = 0

    def call_finished(self, method: str, code: str, seconds: float) -> None:
        self.calls.append((method, code, seconds))

    def bug_found(self) -> None:
        self.bugs += 1

    def codes(self) -> list[tuple[str, str]]:
        """Return method and code of every call, in order."""
        return [(method, code) for method, code, _ in self.calls]
