import pytest

from tests.support.builders import a_command
from tests.support.rows import add_commands
from twitchbot.domain.errors import CommandNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.commands.read import GetCommand, GetCommandByName, ListCommands
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.mark.parametrize("name", ["!Discord", "!discord", "DISCORD"])
async def test_a_command_is_found_by_id_and_by_any_spelling_of_its_name(
    database: Database, name: str
) -> None:
    command = a_command(name="!Discord")
    await add_commands(database, command)

    assert await GetCommand(database)(command.id) == command
    assert await GetCommandByName(database)(name) == command


async def test_a_command_that_is_not_there_is_not_found(database: Database) -> None:
    unknown = new_id()

    with pytest.raises(CommandNotFoundError, match=str(unknown)):
        await GetCommand(database)(unknown)
    with pytest.raises(CommandNotFoundError, match="!chat"):
        await GetCommandByName(database)("!chat")


async def test_commands_are_listed_by_name(database: Database) -> None:
    uptime = a_command(name="!uptime")
    chat = a_command(name="!Chat", is_active=False)
    discord = a_command(name="discord")
    await add_commands(database, uptime, chat, discord)
    list_commands = ListCommands(database)

    everything = await list_commands(DeletedFilter(), PageRequest(), only_active=False)
    active = await list_commands(DeletedFilter(), PageRequest(limit=1), only_active=True)

    assert everything.items == [chat, discord, uptime]
    assert active.items == [discord]
    assert active.total == 2
