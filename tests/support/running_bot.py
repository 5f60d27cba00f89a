"""The whole bot in front of a simulated Twitch: who starts what, with which settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from tests.support.service_process import ServiceProcess
from tests.support.simulated_twitch import a_twitch
from tests.support.waiting import eventually
from twitchbot.api.bot_service_pb2 import GetBotStatusRequest
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

# The longest that Twitch can take with the joins of one test, on a machine that is busy.
JOIN_S = 30.0


@dataclass(frozen=True, kw_only=True)
class RunningBot:
    """A service that has joined its channels, and the Twitch that they are on."""

    sim: TwitchSim
    account: Account
    service: ServiceProcess
    url: URL


def chat_environment(
    sim: TwitchSim, *channels: str, token: str = "", **more: str
) -> dict[str, str]:
    """Return the settings of a bot on the simulator that hurries more than one on Twitch does."""
    return {
        "TWITCH_CHANNELS": ",".join(channels),
        "TWITCH_ACCESS_TOKEN": token,
        "TWITCH_CLIENT_ID": sim.client_id,
        "TWITCH_IRC_SERVER": sim.host,
        "TWITCH_IRC_PORT": str(sim.irc_port),
        "TWITCH_IRC_TLS": "false",
        "TWITCH_HELIX_URL": sim.helix_url,
        "TWITCH_OAUTH_URL": sim.oauth_url,
        "TWITCH_RETRY_BASE": "100ms",
        "TWITCH_RETRY_MAX": "1s",
        "INGEST_BATCH_AGE": "20ms",
        **more,
    }


def sqlite_url(directory: Path) -> URL:
    """Return where a service with nothing configured keeps its rows."""
    return URL.create("sqlite+aiosqlite", database=str(directory / "data" / "twitchbot.db"))


def url_text(url: URL) -> str:
    """Return a database's address as it stands in a setting."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


@asynccontextmanager
async def a_running_bot(
    directory: Path,
    *channels: str,
    database: URL | None = None,
    moderates: bool = True,
    sim_settings: Mapping[str, object] | None = None,
    **environment: str,
) -> AsyncIterator[RunningBot]:
    """Run a bot that sits in these channels, as their moderator unless said otherwise."""
    async with a_twitch(**(sim_settings or {})) as sim:
        account = sim.add_account("mybot", user_id="1001", display_name="MyBot")
        for channel in channels:
            sim.add_channel(channel)
            if moderates:
                sim.give_role(channel, "mybot", "moderator")
        settings = chat_environment(sim, *channels, token=account.token, **environment)
        if database is not None:
            settings["DATABASE_URL"] = url_text(database)
        async with ServiceProcess(directory, settings) as service:
            await service.until_ready()
            await until_joined(service, channels)
            yield RunningBot(
                sim=sim,
                account=account,
                service=service,
                url=database or sqlite_url(directory),
            )


async def until_joined(
    service: ServiceProcess, channels: Sequence[str], deadline_s: float = JOIN_S
) -> None:
    """Wait until the bot says that it is in all of these channels."""

    async def is_everywhere() -> bool:
        status = await service.call("BotService/GetBotStatus", GetBotStatusRequest())
        return set(channels) <= set(status.active_channels)

    await eventually(is_everywhere, deadline_s)
