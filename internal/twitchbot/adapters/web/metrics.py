"""Metrics in Prometheus' form, in a registry of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from twitchbot.usecases.ports.metrics import Metrics

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _ReadCounters(Collector):
    """Counters that somebody keeps as plain numbers: prometheus' own take a lock each time."""

    def __init__(self) -> None:
        self._counters: list[tuple[str, str, Callable[[], int]]] = []

    def add(self, name: str, text: str, read: Callable[[], int]) -> None:
        self._counters.append((name, text, read))

    def collect(self) -> Iterable[Metric]:
        for name, text, read in self._counters:
            yield CounterMetricFamily(name, text, value=read())


class PrometheusMetrics(Metrics):
    """Counts what happens; `render` gives the text for a scraper."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._lines_received = 0
        self._lines_unreadable = 0
        self._read_counters = _ReadCounters()
        self.registry.register(self._read_counters)
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._counters()
        self._batch_seconds = Histogram(
            "twitchbot_batch_seconds",
            "Time to commit a batch of messages.",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._call_seconds = Histogram(
            "twitchbot_grpc_call_seconds",
            "Time to answer a gRPC call, by method and status code.",
            ["method", "code"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def _counters(self) -> None:
        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"twitchbot_{name}", text, labels, registry=self.registry)

        self.count("chat_lines", "Chat lines received.", lambda: self._lines_received)
        self.count(
            "chat_lines_unreadable",
            "Chat lines that hold no message.",
            lambda: self._lines_unreadable,
        )
        self._stored = counter("messages_stored", "Messages stored for the first time.")
        self._known = counter("messages_known", "Messages that were stored before.")
        self._rejected = counter("messages_rejected", "Messages the database refused.")
        self._commands = counter("commands", "Chat commands by outcome.", "outcome")
        self._bugs = counter("grpc_bugs", "Calls that failed for a reason nobody planned.")

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """Show a value that is read whenever somebody scrapes."""
        Gauge(f"twitchbot_{name}", text, registry=self.registry).set_function(read)

    def count(self, name: str, text: str, read: Callable[[], int]) -> None:
        """Show a number that only grows and that is read whenever somebody scrapes."""
        self._read_counters.add(f"twitchbot_{name}", text, read)

    def line_received(self) -> None:
        """Count a chat line."""
        self._lines_received += 1

    def line_unreadable(self) -> None:
        """Count a line that could not be read."""
        self._lines_unreadable += 1

    def batch_stored(self, offered: int, stored: int, seconds: float) -> None:
        """Count a committed batch."""
        self._stored.inc(stored)
        self._known.inc(offered - stored)
        self._batch_seconds.observe(seconds)

    def row_rejected(self) -> None:
        """Count a message that the database refused."""
        self._rejected.inc()

    def command_answered(self, outcome: str) -> None:
        """Count a chat command."""
        self._commands.labels(outcome).inc()

    def call_finished(self, method: str, code: str, seconds: float) -> None:
        """Count a gRPC call."""
        self._call_seconds.labels(method, code).observe(seconds)

    def bug_found(self) -> None:
        """Count a call that failed in a way nobody planned."""
        self._bugs.inc()

    def render(self) -> bytes:
        """Return all metrics as text."""
        return generate_latest(self.registry)
