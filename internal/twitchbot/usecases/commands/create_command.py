"""Add a chat command."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.command import Command
from twitchbot.domain.ids import new_id
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class CreateCommand:
    """Add a command under a name that no other one has."""

    database: Database
    clock: Clock

    async def __call__(
        self,
        *,
        name: str,
        description: str,
        response: str,
        is_active: bool,
        moderator_only: bool,
        subscriber_only: bool,
        cooldown_seconds: int,
    ) -> Command:
        now = self.clock.now()
        command = Command(
            id=new_id(unix_ms(now)),
            name=name,
            description=description,
            response=response,
            is_active=is_active,
            moderator_only=moderator_only,
            subscriber_only=subscriber_only,
            cooldown_seconds=cooldown_seconds,
            created_at=now,
            updated_at=now,
        )
        async with self.database.write() as uow:
            await uow.commands.add(command)
        return command
