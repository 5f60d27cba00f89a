"""The command line of the simulated Twitch."""

import asyncio

from twitchsim.server import TwitchSim


async def _serve() -> None:
    async with TwitchSim():
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted."""
    asyncio.run(_serve())
