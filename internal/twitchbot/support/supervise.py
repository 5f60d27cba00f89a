"""Tasks that must run for as long as the service does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class TaskEndedError(Exception):
    """A task that should run for ever has returned."""


class Supervisor:
    """Owns the long-running tasks; the first one that ends takes the service with it.

    A half-alive service is worse than a restarted one: nobody notices it.
    """

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], str] = {}
        self._ended = asyncio.Event()

    def start(self, name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        """Start a task by name."""
        task = asyncio.create_task(run(), name=name)
        self._tasks[task] = name
        task.add_done_callback(lambda _: self._ended.set())
        return task

    async def wait(self) -> None:
        """Wait until a task ends, and raise what ended it.

        Raises:
            TaskEndedError: it simply returned.
        """
        while True:
            await self._ended.wait()
            self._ended.clear()
            for task, name in list(self._tasks.items()):
                if task.done() and not task.cancelled():
                    task.result()
                    raise TaskEndedError(f"task {name!r} ended")

    def release(self, task: asyncio.Task[None]) -> None:
        """Let a task end from now on, because the service is stopping."""
        self._tasks.pop(task, None)

    async def cancel(self) -> None:
        """Cancel what still runs and wait for it."""
        tasks = list(self._tasks)
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
