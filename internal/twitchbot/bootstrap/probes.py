"""What /health shows of each part."""

from __future__ import annotations

from collections.abc import Callable

from twitchbot.adapters.scheduler.scheduler import JobScheduler
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.adapters.web.health import PartHealth, Probe, State
from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.usecases.accounts.read import ListAccounts
from twitchbot.usecases.ingest.pipeline import IngestPipeline
from twitchbot.usecases.ports.chat_source import ChatSource


def database_probe(database: SqlDatabase) -> Probe:
    """Ask the database for a sign of life."""

    async def probe() -> PartHealth:
        try:
            version = await database.version()
        except DatabaseUnavailableError as error:
            return PartHealth(State.DOWN, {"error": error.message})
        return PartHealth(State.OK, {"version": version})

    return probe


def chat_probe(source: ChatSource | None) -> Probe:
    """Look at the chat connection and its channels."""

    async def probe() -> PartHealth:
        if source is None:
            return PartHealth(State.OFF)
        status = source.status()
        states = [channel.state for channel in status.channels]
        state = State.OK if status.connected else State.DEGRADED
        return PartHealth(
            state,
            {
                "login": status.login,
                "anonymous": status.anonymous,
                "connected_since": status.connected_since,
                "last_error": status.last_error,
                "lines_received": status.lines_received,
                "reconnects": status.reconnects,
                "channels": {str(name): states.count(name) for name in sorted(set(states))},
            },
        )

    return probe


def ingest_probe(pipeline: IngestPipeline, is_in_trouble: Callable[[], bool]) -> Probe:
    """Look at what waits to be stored."""

    async def probe() -> PartHealth:
        state = State.DEGRADED if is_in_trouble() else State.OK
        return PartHealth(state, {"waiting": pipeline.waiting, "stored": pipeline.stored})

    return probe


def accounts_probe(list_accounts: ListAccounts) -> Probe:
    """Look at the tokens: how long they live, and who must log in again."""

    async def probe() -> PartHealth:
        try:
            accounts = await list_accounts()
        except DatabaseUnavailableError as error:
            return PartHealth(State.DEGRADED, {"error": error.message})
        if not accounts:
            return PartHealth(State.OFF)
        is_bad = any(account.need_reauth for account in accounts)
        shown = {
            account.login: {
                "need_reauth": account.need_reauth,
                "expires_at": account.expires_at,
                "last_error": account.last_error,
            }
            for account in accounts
        }
        return PartHealth(State.DEGRADED if is_bad else State.OK, {"accounts": shown})

    return probe


def jobs_probe(jobs: JobScheduler) -> Probe:
    """Look at how the last run of each job went."""

    async def probe() -> PartHealth:
        runs = jobs.last_runs
        is_bad = any(run is not None and run.error for run in runs.values())
        shown = {
            name: run
            and {"started_at": run.started_at, "seconds": round(run.seconds, 3), "error": run.error}
            for name, run in runs.items()
        }
        return PartHealth(State.DEGRADED if is_bad else State.OK, {"jobs": shown})

    return probe
