"""Periodic jobs on APScheduler, each with a record of how its last run went."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from twitchbot.domain.errors import UnavailableError

log = structlog.get_logger(__name__)

STOP_PATIENCE_S = 2.0


@dataclass(slots=True, frozen=True, kw_only=True)
class JobRun:
    """How a run went; `error` is empty when it went well."""

    started_at: datetime
    seconds: float
    error: str = ""


class JobScheduler:
    """Runs jobs at fixed intervals, never one of them twice at a time.

    A run that fails is reported once and again when the job recovers; the next one comes at its
    usual time.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 30},
        )
        self._runs: dict[str, JobRun | None] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    @property
    def last_runs(self) -> Mapping[str, JobRun | None]:
        """The last run of each job by name, None before the first."""
        return self._runs

    def add(
        self,
        name: str,
        every: timedelta,
        job: Callable[[], Awaitable[object]],
        *,
        at_once: bool = True,
    ) -> None:
        """Run a job at this interval; the first time at once, or after one interval."""
        self._runs[name] = None
        first = datetime.now(UTC) + (timedelta() if at_once else every)
        self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=every.total_seconds(), timezone=UTC),
            args=(name, job),
            id=name,
            next_run_time=first,
        )

    def start(self) -> None:
        """Begin to run jobs."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Start no further run, cancel the ones under way and wait until they have ended."""
        self._is_stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=STOP_PATIENCE_S)

    async def _run(self, name: str, job: Callable[[], Awaitable[object]]) -> None:
        run = asyncio.create_task(self._run_once(name, job), name=f"job {name}")
        self._under_way.add(run)
        run.add_done_callback(self._under_way.discard)
        try:
            await run
        except asyncio.CancelledError:
            # The task ends here in any case; the library would report it as a failure.
            if not self._is_stopping:
                raise

    async def _run_once(self, name: str, job: Callable[[], Awaitable[object]]) -> None:
        started_at = datetime.now(UTC)
        started = time.perf_counter()
        error = ""
        try:
            await job()
        except UnavailableError as away:
            error = away.message
        except Exception as bug:
            error = type(bug).__name__
            log.exception("job failed", job=name)
        self._report_change(name, error)
        self._runs[name] = JobRun(
            started_at=started_at, seconds=time.perf_counter() - started, error=error
        )

    def _report_change(self, name: str, error: str) -> None:
        previous = self._runs[name]
        had_failed = previous is not None and previous.error != ""
        if error and not had_failed:
            log.warning("job does not get through", job=name, error=error)
        elif had_failed and not error:
            log.info("job gets through again", job=name)
