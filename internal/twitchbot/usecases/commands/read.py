"""Plain reads of chat commands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.command import Command, command_key
from twitchbot.domain.errors import CommandNotFoundError
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class GetCommand:
    """Return a command."""

    database: Database

    async def __call__(self, command_id: UUID) -> Command:
        async with self.database.read() as uow:
            command = await uow.commands.get(command_id)
        if command is None:
            raise CommandNotFoundError.of(command_id)
        return command


@dataclass(slots=True, frozen=True)
class GetCommandByName:
    """Return the command that a name means, in any case and with or without its `!`."""

    database: Database

    async def __call__(self, name: str) -> Command:
        async with self.database.read() as uow:
            command = await uow.commands.get_by_key(command_key(name))
        if command is None:
            raise CommandNotFoundError.of(name)
        return command


@dataclass(slots=True, frozen=True)
class ListCommands:
    """Return a page of commands, by name."""

    database: Database

    async def __call__(
        self, deleted: DeletedFilter, page: PageRequest, *, only_active: bool
    ) -> Page[Command]:
        async with self.database.read() as uow:
            return await uow.commands.list(deleted, page, only_active=only_active)
