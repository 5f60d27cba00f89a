from dataclasses import replace

import pytest

from tests.support.builders import a_command
from tests.support.fakes import FixedClock
from twitchbot.domain.command import Command
from twitchbot.domain.errors import CommandAlreadyExistsError
from twitchbot.usecases.commands.create_command import CreateCommand
from twitchbot.usecases.commands.delete_command import DeleteCommand
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
def create(database: Database, clock: FixedClock) -> CreateCommand:
    return CreateCommand(database, clock)


async def add(create: CreateCommand, name: str) -> Command:
    return await create(
        name=name,
        description="Where we talk",
        response="https://discord.example/forsen",
        is_active=True,
        moderator_only=False,
        subscriber_only=True,
        cooldown_seconds=30,
    )


async def test_a_new_command_was_never_used(create: CreateCommand, database: Database) -> None:
    command = await add(create, "!Discord")

    expected = a_command(
        name="!Discord", description="Where we talk", subscriber_only=True, cooldown_seconds=30
    )
    assert command == replace(expected, id=command.id)
    assert (command.usage_count, command.last_used) == (0, None)
    async with database.read() as uow:
        assert await uow.commands.get(command.id) == command


@pytest.mark.parametrize("name", ["!discord", "!DISCORD", "Discord"])
async def test_a_name_is_taken_in_any_spelling(create: CreateCommand, name: str) -> None:
    await add(create, "!Discord")

    with pytest.raises(CommandAlreadyExistsError):
        await add(create, name)


async def test_the_name_of_a_deleted_command_is_free(
    create: CreateCommand, database: Database, clock: FixedClock
) -> None:
    first = await add(create, "!discord")
    await DeleteCommand(database, clock)(first.id)

    second = await add(create, "!discord")

    assert second.id != first.id
