"""The command line of the simulated Twitch."""

import asyncio
import json
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from twitchsim.script import Step, load_script, play
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings

_Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")]
_Seconds = Annotated[float, typer.Option(min=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes on once the simulator listens; rates are per second."""

    channels: int
    named_channels: Sequence[str]
    accounts: Sequence[str]
    rate: float
    load: float
    live_s: float
    offline_s: float
    steps: Sequence[Step]


def run(
    *,
    channels: Annotated[int, typer.Option(min=0, help="Channels with made-up names.")] = 8,
    channel: Annotated[
        list[str] | None, typer.Option(help="A channel of this name; repeatable.")
    ] = None,
    account: Annotated[
        list[str] | None, typer.Option(help="LOGIN or LOGIN:TOKEN with a bot's scopes; repeatable.")
    ] = None,
    rate: Annotated[float, typer.Option(min=0, help="Lively acts per second.")] = 5.0,
    load: Annotated[float, typer.Option(min=0, help="Steady messages per second.")] = 0.0,
    live_s: _Seconds = 3600.0,
    offline_s: _Seconds = 0.0,
    seed: int = 1,
    host: str = "127.0.0.1",
    irc_port: _Port = 6667,
    irc_tls_port: _Port = 6697,
    http_port: _Port = 8090,
    control_port: _Port = 8091,
    tls: bool = True,
    script: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Steps as JSON.")
    ] = None,
    setting: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE of a limit, time or quirk; repeatable.")
    ] = None,
) -> None:
    """Run a simulated Twitch on loopback until interrupted."""
    ports = PortSettings(
        host=host,
        irc=irc_port,
        irc_tls=irc_tls_port,
        http=http_port,
        control=control_port,
        tls=tls,
    )
    settings = SimSettings(ports=ports).changed(**_parse_settings(setting or []))
    plan = Plan(
        channels=channels,
        named_channels=channel or [],
        accounts=account or [],
        rate=rate,
        load=load,
        live_s=live_s,
        offline_s=offline_s,
        steps=load_script(script) if script is not None else [],
    )
    asyncio.run(_serve(TwitchSim(settings, seed=seed), plan))


def main() -> None:
    """Read the command line and serve."""
    typer.run(run)


async def _serve(sim: TwitchSim, plan: Plan) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with sim:
        accounts = _settle(sim, plan)
        typer.echo(json.dumps({**sim.endpoints(), "accounts": accounts}))
        async with asyncio.TaskGroup() as group:
            player = group.create_task(play(sim, plan.steps))
            await stopped.wait()
            player.cancel()


def _settle(sim: TwitchSim, plan: Plan) -> dict[str, str]:
    """Make channels and accounts and start what goes on; return the accounts' tokens."""
    sim.add_channels(plan.channels)
    for login in plan.named_channels:
        sim.add_channel(login)
    tokens = {}
    for entry in plan.accounts:
        login, _, token = entry.partition(":")
        tokens[login] = sim.add_account(login, token=token or None).token
    if sim.world.rooms:
        sim.start_schedule(live_s=plan.live_s, offline_s=plan.offline_s)
        if plan.load > 0:
            sim.start_load(plan.load)
        elif plan.rate > 0:
            sim.start_chatter(plan.rate)
    return tokens


def _parse_settings(entries: Sequence[str]) -> dict[str, Any]:
    values = {}
    for entry in entries:
        name, _, text = entry.partition("=")
        try:
            values[name] = json.loads(text)
        except ValueError:
            values[name] = text
    return values
