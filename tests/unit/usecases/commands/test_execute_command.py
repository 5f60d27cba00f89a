import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.support.builders import NOON, a_command
from tests.support.fakes import FixedClock, InterruptedDatabase
from tests.support.rows import add_commands
from twitchbot.domain.command import Command, CommandPatch, CommandResult
from twitchbot.usecases.commands.delete_command import DeleteCommand
from twitchbot.usecases.commands.execute_command import ExecuteCommand
from twitchbot.usecases.commands.update_command import UpdateCommand
from twitchbot.usecases.ports.unit_of_work import Database

ANSWERED = CommandResult(success=True, response="https://discord.example/forsen")


@pytest.fixture
def execute(database: Database, clock: FixedClock) -> ExecuteCommand:
    return ExecuteCommand(database, clock)


async def use(execute: ExecuteCommand, **roles: bool) -> CommandResult:
    return await execute("!discord", **{"is_moderator": False, "is_subscriber": False} | roles)


async def add_discord(database: Database, **changes: Any) -> Command:
    command = a_command(name="!Discord", **changes)
    await add_commands(database, command)
    return command


async def uses(database: Database) -> int:
    async with database.read() as uow:
        command = await uow.commands.get_by_key("discord")
    assert command is not None
    return command.usage_count


async def test_a_use_is_answered_and_counted(execute: ExecuteCommand, database: Database) -> None:
    await add_discord(database)

    assert await use(execute) == ANSWERED
    assert await use(execute) == ANSWERED

    async with database.read() as uow:
        command = await uow.commands.get_by_key("discord")
    assert command is not None
    assert (command.usage_count, command.last_used) == (2, NOON)


async def test_an_unknown_command_is_refused(execute: ExecuteCommand) -> None:
    assert await use(execute) == CommandResult(success=False, error="command not found")


async def test_an_inactive_command_is_refused(execute: ExecuteCommand, database: Database) -> None:
    await add_discord(database, is_active=False, moderator_only=True)

    assert await use(execute) == CommandResult(success=False, error="command is not active")
    assert await uses(database) == 0


async def test_a_command_is_refused_to_whom_it_is_not_for(
    execute: ExecuteCommand, database: Database
) -> None:
    await add_discord(database, moderator_only=True)

    refused = await use(execute, is_subscriber=True)

    assert refused == CommandResult(success=False, error="not authorized to use this command")
    assert await uses(database) == 0


async def test_moderators_may_use_what_is_for_subscribers(
    execute: ExecuteCommand, database: Database
) -> None:
    await add_discord(database, subscriber_only=True)

    assert await use(execute, is_moderator=True) == ANSWERED


@pytest.mark.parametrize(("after_s", "remaining"), [(0, 30), (0.5, 30), (29, 1), (29.9, 1)])
async def test_a_command_cools_down_after_a_use(
    execute: ExecuteCommand,
    database: Database,
    clock: FixedClock,
    after_s: float,
    remaining: int,
) -> None:
    await add_discord(database, cooldown_seconds=30)
    await use(execute)
    clock.move(timedelta(seconds=after_s))

    refused = await use(execute)

    assert refused == CommandResult(
        success=False, error="command is on cooldown", cooldown_remaining=remaining
    )
    assert await uses(database) == 1


async def test_a_command_can_be_used_again_after_its_cooldown(
    execute: ExecuteCommand, database: Database, clock: FixedClock
) -> None:
    await add_discord(database, cooldown_seconds=30)
    await use(execute)
    clock.move(timedelta(seconds=30))

    assert await use(execute) == ANSWERED
    assert await uses(database) == 2


async def test_of_many_callers_at_once_one_gets_the_use(
    execute: ExecuteCommand, database: Database
) -> None:
    await add_discord(database, cooldown_seconds=30)

    results = await asyncio.gather(*(use(execute) for _ in range(12)))

    refused = CommandResult(success=False, error="command is on cooldown", cooldown_remaining=30)
    assert results.count(ANSWERED) == 1
    assert results.count(refused) == 11
    assert await uses(database) == 1


async def test_a_use_that_another_caller_won_is_told_as_a_cooldown(
    execute: ExecuteCommand, database: Database, clock: FixedClock
) -> None:
    await add_discord(database, cooldown_seconds=30)
    late = ExecuteCommand(InterruptedDatabase(database, lambda: use(execute)), clock)

    refused = await use(late)

    assert refused == CommandResult(
        success=False, error="command is on cooldown", cooldown_remaining=30
    )
    assert await uses(database) == 1


async def test_a_lost_use_is_a_cooldown_also_when_that_is_over_at_once(
    execute: ExecuteCommand, database: Database, clock: FixedClock
) -> None:
    await add_discord(database, cooldown_seconds=30)

    async def be_faster() -> None:
        await use(execute)
        clock.move(timedelta(seconds=30))

    refused = await use(ExecuteCommand(InterruptedDatabase(database, be_faster), clock))

    assert refused == CommandResult(
        success=False, error="command is on cooldown", cooldown_remaining=1
    )


async def test_a_command_deleted_meanwhile_is_not_found(
    database: Database, clock: FixedClock
) -> None:
    command = await add_discord(database)
    delete = DeleteCommand(database, clock)
    execute = ExecuteCommand(InterruptedDatabase(database, lambda: delete(command.id)), clock)

    assert await use(execute) == CommandResult(success=False, error="command not found")


async def test_a_command_switched_off_meanwhile_is_not_active(
    database: Database, clock: FixedClock
) -> None:
    command = await add_discord(database)
    update = UpdateCommand(database, clock)
    off = CommandPatch(is_active=False)
    execute = ExecuteCommand(InterruptedDatabase(database, lambda: update(command.id, off)), clock)

    assert await use(execute) == CommandResult(success=False, error="command is not active")
