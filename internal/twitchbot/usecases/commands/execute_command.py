"""Use a chat command."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.command import CommandResult, Refusal, command_key
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class ExecuteCommand:
    """Use a command by its name and count the use; a refusal is an answer, not a failure.

    Of many callers at once, over all instances, one gets the use that a cooldown allows.
    """

    database: Database
    clock: Clock

    async def __call__(
        self, name: str, *, is_moderator: bool, is_subscriber: bool
    ) -> CommandResult:
        # Most that begins with `!` in chat is no command of ours: only a use waits for the writer.
        async with self.database.read() as uow:
            command = await uow.commands.get_by_key(command_key(name))
        if command is None:
            return CommandResult.refused(Refusal.NOT_FOUND)
        now = self.clock.now()
        refusal = command.refusal(now, is_moderator=is_moderator, is_subscriber=is_subscriber)
        if refusal is not None:
            return refusal
        async with self.database.write() as uow:
            if await uow.commands.claim_use(command.id, now):
                return CommandResult(success=True, response=command.response)
            # Somebody used, switched off or deleted it since we looked.
            command = await uow.commands.get(command.id)
        if command is None:
            return CommandResult.refused(Refusal.NOT_FOUND)
        now = self.clock.now()
        refusal = command.refusal(now, is_moderator=is_moderator, is_subscriber=is_subscriber)
        return refusal or CommandResult.cooling(1)
