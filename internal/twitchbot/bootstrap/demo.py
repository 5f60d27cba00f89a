"""The service against a simulated Twitch in the same process: to try everything without a network.

The only place in the product that starts the simulator.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import structlog

from twitchbot.bootstrap.logs import configure_logs
from twitchbot.bootstrap.server import run_to_the_end, serve
from twitchbot.bootstrap.service import Service
from twitchbot.bootstrap.settings import Settings
from twitchbot.bootstrap.settings_reader import load
from twitchsim.server import TwitchSim

BOT = "demobot"
CHANNELS = 6
# Two of the channels are offline at first, so that the Chat-Only stream has something to hold.
OFFLINE_CHANNELS = 2
MESSAGES_PER_S = 5.0
LIVE_S, OFFLINE_S = 900.0, 240.0

BANNER = """
  DEMO: a simulated Twitch in this process. Nothing leaves this machine.

  channels   {channels}
  database   {database}
  gRPC       {host}:{grpc_port}     grpcurl -plaintext {host}:{grpc_port} list
  HTTP       http://{host}:{http_port}/health
  for real   TWITCH_CHANNEL=somechannel make run     (TWITCH_SETUP.md has more)
  stop       Ctrl-C
"""


def run_demo(settings: Settings) -> int:
    """Serve the demo until a signal comes; return the exit code."""
    configure_logs(settings.service.log_level, settings.service.log_format)
    structlog.contextvars.bind_contextvars(environment="demo")
    return run_to_the_end(_demo(settings))


def demo_settings(real: Settings, simulated: Mapping[str, str]) -> Settings:
    """Return settings with a Twitch and a database of the demo's own.

    Made-up chat must not reach the real database, nor real tokens the simulated Twitch.
    """
    own = load(simulated)
    data_dir = real.service.data_dir / "demo"
    return own.model_copy(
        update={
            "service": real.service.model_copy(update={"data_dir": data_dir}),
            "ingest": real.ingest,
        }
    )


async def _demo(real: Settings) -> None:
    async with TwitchSim() as sim:
        channels = sim.add_channels(CHANNELS)
        live = channels[:-OFFLINE_CHANNELS]
        bot = sim.add_account(BOT)
        for channel in channels:
            sim.room(channel).moderators[bot.user_id] = bot.person
        sim.start_schedule(live, live_s=LIVE_S, offline_s=OFFLINE_S)
        sim.start_chatter(MESSAGES_PER_S)
        settings = demo_settings(real, _simulated(sim, channels, bot.token))

        async def greet(service: Service) -> None:
            sys.stdout.write(_banner(service, settings, channels))
            sys.stdout.flush()

        await serve(settings, greet)


def _simulated(sim: TwitchSim, channels: list[str], token: str) -> Mapping[str, str]:
    return {
        "TWITCH_CHANNELS": ",".join(channels),
        "TWITCH_ACCESS_TOKEN": token,
        "TWITCH_CLIENT_ID": sim.client_id,
        "TWITCH_IRC_SERVER": sim.host,
        "TWITCH_IRC_PORT": str(sim.irc_tls_port),
        "TWITCH_IRC_CA_FILE": sim.ca_file,
        "TWITCH_HELIX_URL": sim.helix_url,
        "TWITCH_OAUTH_URL": sim.oauth_url,
        "STREAM_POLL_INTERVAL": "5s",
    }


def _banner(service: Service, settings: Settings, channels: list[str]) -> str:
    return BANNER.format(
        channels=", ".join(channels),
        database=settings.database_url.database,
        host=service.host,
        grpc_port=service.grpc_port,
        http_port=service.web.port,
    )
