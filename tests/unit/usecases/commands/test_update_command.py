from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_command
from tests.support.fakes import FixedClock
from tests.support.rows import add_commands
from twitchbot.domain.command import CommandPatch
from twitchbot.domain.errors import CommandAlreadyExistsError, CommandNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.usecases.commands.update_command import UpdateCommand
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def update(database: Database, clock: FixedClock) -> UpdateCommand:
    clock.move(timedelta(hours=1))
    return UpdateCommand(database, clock)


async def test_only_what_the_patch_names_is_changed(
    update: UpdateCommand, database: Database
) -> None:
    command = a_command(description="Where we talk", cooldown_seconds=30)
    await add_commands(database, command)

    patched = await update(command.id, CommandPatch(description="", is_active=False))

    assert patched == replace(command, description="", is_active=False, updated_at=LATER)
    async with database.read() as uow:
        assert await uow.commands.get(command.id) == patched


async def test_a_changed_command_keeps_its_uses(update: UpdateCommand, database: Database) -> None:
    command = a_command()
    await add_commands(database, command)
    async with database.write() as uow:
        await uow.commands.claim_use(command.id, NOON)

    patched = await update(command.id, CommandPatch(response="moved"))

    assert (patched.usage_count, patched.last_used) == (1, NOON)


async def test_a_renamed_command_is_found_by_its_new_name_only(
    update: UpdateCommand, database: Database
) -> None:
    command = a_command(name="!discord")
    await add_commands(database, command)

    patched = await update(command.id, CommandPatch(name="!Chat"))

    async with database.read() as uow:
        assert await uow.commands.get_by_key("chat") == patched
        assert await uow.commands.get_by_key("discord") is None


async def test_a_command_cannot_take_the_name_of_another(
    update: UpdateCommand, database: Database
) -> None:
    command = a_command(name="!discord")
    await add_commands(database, command, a_command(name="!chat"))

    with pytest.raises(CommandAlreadyExistsError):
        await update(command.id, CommandPatch(name="!CHAT"))

    async with database.read() as uow:
        assert await uow.commands.get(command.id) == command


async def test_a_command_may_be_spelled_in_another_way(
    update: UpdateCommand, database: Database
) -> None:
    command = a_command(name="!discord")
    await add_commands(database, command)

    patched = await update(command.id, CommandPatch(name="!DISCORD"))

    assert patched.name == "!DISCORD"


async def test_a_command_that_is_not_there_cannot_be_changed(update: UpdateCommand) -> None:
    unknown = new_id()

    with pytest.raises(CommandNotFoundError, match=str(unknown)):
        await update(unknown, CommandPatch())
