from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_command
from tests.support.fakes import FixedClock
from tests.support.rows import add_commands
from twitchbot.domain.errors import CommandNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.commands.delete_command import DeleteCommand
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def delete(database: Database, clock: FixedClock) -> DeleteCommand:
    clock.move(timedelta(hours=1))
    return DeleteCommand(database, clock)


async def test_a_deleted_command_is_shown_on_request_only(
    delete: DeleteCommand, database: Database
) -> None:
    command = a_command(name="!discord")
    await add_commands(database, command)

    await delete(command.id)

    async with database.read() as uow:
        assert await uow.commands.get(command.id) is None
        assert await uow.commands.get_by_key("discord") is None
        page = await uow.commands.list(DeletedFilter(only_deleted=True), PageRequest())
    assert page.items == [replace(command, deleted_at=LATER, updated_at=LATER)]


async def test_a_command_is_deleted_once(delete: DeleteCommand, database: Database) -> None:
    command = a_command()
    await add_commands(database, command)
    await delete(command.id)

    with pytest.raises(CommandNotFoundError, match=str(command.id)):
        await delete(command.id)


async def test_a_command_that_is_not_there_cannot_be_deleted(delete: DeleteCommand) -> None:
    with pytest.raises(CommandNotFoundError):
        await delete(new_id())
