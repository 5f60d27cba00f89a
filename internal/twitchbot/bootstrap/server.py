"""main() of the service."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import structlog

from twitchbot import __version__
from twitchbot.adapters.crypto.secret_keys import SecretKeyError
from twitchbot.bootstrap import exits
from twitchbot.bootstrap.container import build
from twitchbot.bootstrap.exits import CannotStartError
from twitchbot.bootstrap.file_lock import held
from twitchbot.bootstrap.logs import configure_logs
from twitchbot.bootstrap.migrate import SchemaError, upgrade
from twitchbot.bootstrap.service import Service
from twitchbot.bootstrap.settings import Settings
from twitchbot.bootstrap.settings_reader import SettingsError, load
from twitchbot.domain.errors import UnavailableError
from twitchbot.support.unless_set import StoppedError, unless_set

log = structlog.get_logger(__name__)

Started = Callable[[Service], Awaitable[None]]


def main() -> None:
    """Read the settings, serve, and end the process with the right code."""
    try:
        settings = load(env_file=Path(".env"))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(exits.CONFIGURATION)
    sys.exit(run_service(settings))


def run_service(settings: Settings) -> int:
    """Serve until a signal comes; return the exit code."""
    configure_logs(settings.service.log_level, settings.service.log_format)
    structlog.contextvars.bind_contextvars(environment=settings.service.environment)
    return run_to_the_end(serve(settings))


def run_to_the_end(program: Coroutine[Any, Any, None]) -> int:
    """Run a program in an event loop; tell in one sentence what kept it from starting."""
    # Our files hold other people's chat and our tokens.
    os.umask(0o077)
    try:
        asyncio.run(program)
    except (SchemaError, SecretKeyError) as error:
        return _give_up(str(error), exits.CONFIGURATION)
    except (CannotStartError, UnavailableError) as error:
        return _give_up(str(error), exits.UNAVAILABLE)
    except Exception:
        log.exception("the service ended by itself")
        return exits.BUG
    return exits.OK


async def serve(settings: Settings, on_started: Started | None = None) -> None:
    """Prepare the database and run the service in this event loop until SIGTERM or SIGINT."""
    log.info("starting", version=__version__, database=settings.database_shown)
    for variable in settings.unused:
        log.warning("setting has no effect in this version", variable=variable)
    stop = asyncio.Event()
    with stopped_by_signals(stop), database_held(settings):
        await asyncio.to_thread(upgrade, settings.database_url)
        async with AsyncExitStack() as parts:
            try:
                service = await unless_set(stop, parts.enter_async_context(build(settings)))
            except StoppedError:
                log.info("stopped before anything was started")
                return
            await _run(service, stop, on_started)


async def _run(service: Service, stop: asyncio.Event, on_started: Started | None) -> None:
    try:
        await unless_set(stop, service.start())
        if on_started is not None:
            await on_started(service)
        await service.run_until(stop)
    except StoppedError:
        log.info("stopped during the start")
    finally:
        await service.stop()


@contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set the event at the first signal; at the second the process ends at once."""
    loop = asyncio.get_running_loop()
    # SIGHUP comes when the terminal is closed, and what waits must be stored then, too.
    signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def on_signal() -> None:
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    for number in signals:
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


@contextmanager
def database_held(settings: Settings) -> Iterator[None]:
    """Keep other processes off an SQLite file; PostgreSQL is made for several."""
    url = settings.database_url
    if not url.drivername.startswith("sqlite") or url.database is None:
        yield
        return
    with held(Path(f"{url.database}.lock"), f"the database {url.database}"):
        yield


def _give_up(text: str, code: int) -> int:
    sys.stderr.write(f"twitchbot can't go on: {text}\n")
    return code
