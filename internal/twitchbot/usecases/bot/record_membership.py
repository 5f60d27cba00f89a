"""Write down what the platform says of the channels we want."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.channel import ChannelProblem
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class RecordJoined:
    """Keep when a channel was joined and the room id the platform gave for it."""

    database: Database
    clock: Clock

    async def __call__(self, channel: str, channel_id: str) -> None:
        """Write it down for a wanted channel; others are ignored."""
        async with self.database.write() as repositories:
            await repositories.channels.record_joined(channel, channel_id, self.clock.now())


@dataclass(slots=True, frozen=True)
class RecordRefused:
    """Keep why a channel could not be joined."""

    database: Database
    clock: Clock

    async def __call__(self, channel: str, problem: ChannelProblem, detail: str) -> None:
        """Write it down for a wanted channel; others are ignored."""
        error = f"{problem}: {detail}" if detail else str(problem)
        async with self.database.write() as repositories:
            await repositories.channels.record_error(channel, error, self.clock.now())
