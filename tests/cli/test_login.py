"""`twitchbot login` against a served application and the simulated Twitch."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.support.application import an_application
from tests.support.call_metrics import CountingCallMetrics
from tests.support.simulated_twitch import a_twitch, an_oauth
from tests.support.waiting import eventually
from twitchbot.adapters.grpc.server import GrpcServer
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.bootstrap.clock import SystemClock
from twitchbot.cli.login import _shows_blocks, login, qr_code
from twitchsim.server import TwitchSim

LOOPBACK = "127.0.0.1"
NOT_GRANTED = 1
NOT_REACHED = 69


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    async with a_twitch(device_interval_s=1.0) as sim:
        yield sim


@pytest.fixture
async def address(sim: TwitchSim, sqlite_database: SqlDatabase) -> AsyncIterator[str]:
    """The address of a service that knows the simulated Twitch."""
    async with an_oauth(sim) as oauth:
        application = an_application(sqlite_database, SystemClock(), authorizer=oauth)
        server = GrpcServer(
            application,
            page_token_key=b"a key for tests",
            clock=SystemClock(),
            metrics=CountingCallMetrics(),
        )
        port = await server.start(LOOPBACK, 0)
        yield f"{LOOPBACK}:{port}"
        await server.stop(0)


async def run_login(address: str, *options: str) -> Result:
    """Run the command in a thread, as it blocks like any program."""
    app = typer.Typer()
    app.command()(login)
    arguments = ["--address", address, *options]
    return await asyncio.to_thread(CliRunner().invoke, app, arguments)


async def code_of(sim: TwitchSim) -> str:
    """Wait until somebody has begun a login, and return the code shown."""
    await eventually(lambda: len(sim.consent.devices) > 0)
    (device,) = sim.consent.devices.values()
    return device.user_code


async def test_a_login_shows_a_code_and_waits_until_it_is_entered(
    sim: TwitchSim, address: str, sqlite_database: SqlDatabase
) -> None:
    command = asyncio.create_task(run_login(address, "--scopes", "chat:read,clips:edit"))
    code = await code_of(sim)
    sim.approve_device(code, "mybot")

    result = await command

    assert result.exit_code == 0, result.output
    assert f"Code   {code}" in result.stdout
    assert f"device-code={code}" in result.stdout
    assert "Logged in as mybot" in result.stdout
    assert "clips:edit" in result.stdout
    assert "Make clips." in result.stdout
    async with sqlite_database.read() as uow:
        (account,) = await uow.accounts.all()
    assert account.scopes == {"chat:read", "clips:edit"}
    assert account.access_token not in result.output
    assert account.refresh_token not in result.output


async def test_a_code_that_ends_ends_the_command(sim: TwitchSim, address: str) -> None:
    sim.configure(device_code_s=1.0)

    result = await run_login(address)

    assert result.exit_code == NOT_GRANTED
    assert "not entered in time" in result.stderr


async def test_a_login_that_twitch_takes_back_is_refused(sim: TwitchSim, address: str) -> None:
    command = asyncio.create_task(run_login(address))
    sim.fail_http("/oauth2/validate", status=401, message="invalid access token")
    sim.approve_device(await code_of(sim), "mybot")

    result = await command

    assert result.exit_code == NOT_GRANTED
    assert "refused" in result.stderr


async def test_a_short_outage_of_twitch_does_not_end_the_wait(sim: TwitchSim, address: str) -> None:
    command = asyncio.create_task(run_login(address))
    sim.fail_http("/oauth2/token", status=503)
    sim.approve_device(await code_of(sim), "mybot")

    result = await command

    assert result.exit_code == 0, result.output


async def test_what_the_service_refuses_is_said_in_its_words(address: str) -> None:
    result = await run_login(address, "--scopes", "NOT-A-SCOPE")

    assert result.exit_code == NOT_GRANTED
    assert "The service says:" in result.stderr
    assert "scope" in result.stderr


async def test_an_outage_of_twitch_is_told_from_one_of_the_service(
    sim: TwitchSim, address: str
) -> None:
    sim.fail_http("/oauth2/device", status=503)

    result = await run_login(address)

    assert result.exit_code == NOT_REACHED
    assert "The service says:" in result.stderr


async def test_a_service_that_does_not_run_is_told_in_one_sentence() -> None:
    result = await run_login(f"{LOOPBACK}:1")

    assert result.exit_code == NOT_REACHED
    assert f"No service answers at {LOOPBACK}:1" in result.stderr
    assert "Is it running?" in result.stderr
    assert "Traceback" not in result.output


def test_a_qr_code_is_drawn_with_blocks() -> None:
    drawn = qr_code("https://www.twitch.tv/activate?device-code=ABCDEFGH")

    assert len(drawn.splitlines()) > 15
    assert "█" in drawn


@pytest.mark.parametrize(
    ("encoding", "is_terminal", "shows"),
    [("utf-8", True, True), ("utf-8", False, False), ("ascii", True, False)],
)
def test_a_qr_code_is_drawn_where_it_can_be_read(
    encoding: str, is_terminal: bool, shows: bool
) -> None:
    class Screen(io.TextIOWrapper):
        def isatty(self) -> bool:
            return is_terminal

    assert _shows_blocks(Screen(io.BytesIO(), encoding=encoding)) is shows
