"""How long the program takes to start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.lab import Lab
from benchmarks.timing import in_turn

_PROGRAM = ("-m", "twitchbot")
_NOTHING = ("-c", "pass")
# What the service is made of, before any line of ours runs.
_LIBRARIES = (
    "-c",
    "import alembic.command, apscheduler.schedulers.asyncio, cryptography.fernet, grpc.aio, httpx,"
    " irc.client_aio, orjson, prometheus_client, pydantic, sqlalchemy.ext.asyncio,"
    " starlette.applications, structlog, uvicorn",
)
_READY = b'"ready"'


def run(lab: Lab) -> Iterator[Figure]:
    """Measure the help text, and the way to a service that answers, on an existing database."""
    directory = lab.directory / "start"
    directory.mkdir()
    _until_ready(directory)
    found = in_turn(
        lab.sizes.repeat,
        {
            "interpreter alone": lambda: _until_end(_NOTHING, directory),
            "help": lambda: _until_end((*_PROGRAM, "--help"), directory),
            "interpreter that imports the libraries": lambda: _until_end(_LIBRARIES, directory),
            "ready": lambda: _until_ready(directory),
        },
    )
    for subject, ours, baseline, goal in (
        ("twitchbot --help", "help", "interpreter alone", "≤ 0.3 s"),
        ("process to ready", "ready", "interpreter that imports the libraries", "≤ 2.0 s"),
    ):
        yield Figure(
            benchmark="start",
            subject=subject,
            unit="s",
            ours=found[ours],
            baseline=baseline,
            theirs=found[baseline],
            is_cost=True,
            goal=goal,
        )


def _until_end(arguments: Sequence[str], directory: Path) -> float:
    started = time.perf_counter()
    with _started(arguments, directory) as process:
        process.communicate()
    return time.perf_counter() - started


def _until_ready(directory: Path) -> float:
    started = time.perf_counter()
    with _started((*_PROGRAM, "serve"), directory) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if _READY in line:
                break
        seconds = time.perf_counter() - started
        process.send_signal(signal.SIGTERM)
        process.communicate()
    return seconds


def _started(arguments: Sequence[str], directory: Path) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(directory / "data"),
        "GRPC_PORT": "0",
        "PORT": "0",
        "LOG_FORMAT": "json",
    }
    return subprocess.Popen(
        (sys.executable, *arguments),
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
