"""A program of ours as a process of its own: started, listened to, ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

# What a program may know of this machine; coverage.py hands its settings to children this way.
INHERITED = ("PATH", "HOME", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
LONGEST_LINE_BYTES = 2**20
PATIENCE_S = 20.0


class ChildProcess:
    """Runs Python with some arguments in a directory of its own; leaving the block ends it.

    All that it writes is kept, and written to our own standard error in the end, where pytest
    shows it if the test failed.
    """

    def __init__(
        self, arguments: Sequence[str], directory: Path, environment: Mapping[str, str]
    ) -> None:
        self.arguments = arguments
        self.directory = directory
        self.output: list[str] = []
        self.errors: list[str] = []
        self._environment = _inherited() | dict(environment)
        self._process: asyncio.subprocess.Process | None = None
        self._readers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if self.is_running:
                await self.terminate()
        finally:
            await self.kill()
            self._show()

    async def start(self) -> None:
        """Start the program; what it says is read from now on."""
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self.arguments,
            cwd=self.directory,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            limit=LONGEST_LINE_BYTES,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._readers = [
            asyncio.create_task(self._read(self._process.stdout, self.output)),
            asyncio.create_task(self._read(self._process.stderr, self.errors)),
        ]

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process, which was started."""
        assert self._process is not None, "not started"
        return self._process

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process is not None and self._process.returncode is None

    async def exit_code(self, deadline_s: float = PATIENCE_S) -> int:
        """Wait for the program to end by itself, and until all that it said is read."""
        async with asyncio.timeout(deadline_s):
            code = await self.process.wait()
            await asyncio.gather(*self._readers)
        return code

    async def terminate(self, deadline_s: float = PATIENCE_S) -> int:
        """Ask the program to end, and return its exit code."""
        self.send(signal.SIGTERM)
        return await self.exit_code(deadline_s)

    async def kill(self) -> None:
        """End the program whatever it does, if it has not ended."""
        if self.is_running:
            self.send(signal.SIGKILL)
        await self.exit_code()

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def memory_peak_mb(self) -> float:
        """Return the most memory that the process has used so far (VmHWM), in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii", "replace")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for raw in stream:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            lines.append(line)
            self.heard(line)

    def heard(self, line: str) -> None:
        """Take a line of output or errors; for those who wait for one."""

    def _show(self) -> None:
        name, code = " ".join(self.arguments), self.process.returncode
        for title, lines in (("output", self.output), ("errors", self.errors)):
            if lines:
                sys.stderr.write(f"--- {title} of {name} (exit code {code})\n")
                sys.stderr.write("\n".join(lines) + "\n")


def _inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}
