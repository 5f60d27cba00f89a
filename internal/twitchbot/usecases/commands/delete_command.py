"""Delete a chat command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from twitchbot.domain.errors import CommandNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class DeleteCommand:
    """Delete a command softly; its name is free again."""

    database: Database
    clock: Clock

    async def __call__(self, command_id: UUID) -> None:
        now = self.clock.now()
        async with self.database.write() as uow:
            command = await uow.commands.get(command_id, for_update=True)
            if command is None:
                raise CommandNotFoundError.of(command_id)
            await uow.commands.update(replace(command, deleted_at=now, updated_at=now))
