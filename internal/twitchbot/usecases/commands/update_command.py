"""Change a chat command."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.command import Command, CommandPatch
from twitchbot.domain.errors import CommandNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class UpdateCommand:
    """Change a command; its use count and cooldown go on."""

    database: Database
    clock: Clock

    async def __call__(self, command_id: UUID, patch: CommandPatch) -> Command:
        async with self.database.write() as uow:
            command = await uow.commands.get(command_id, for_update=True)
            if command is None:
                raise CommandNotFoundError.of(command_id)
            patched = command.patched(patch, self.clock.now())
            await uow.commands.update(patched)
        return patched
