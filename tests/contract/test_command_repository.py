"""What every store of commands does, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support.builders import NOON, a_command
from tests.support.rows import add_commands
from twitchbot.domain.command import Command, command_key
from twitchbot.domain.errors import CommandAlreadyExistsError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database

CALLERS = 50


async def get(database: Database, command: Command) -> Command | None:
    async with database.read() as uow:
        return await uow.commands.get(command.id)


async def update(database: Database, command: Command) -> None:
    async with database.write() as uow:
        await uow.commands.update(command)


async def claim(database: Database, command: Command, at: datetime) -> bool:
    async with database.write() as uow:
        return await uow.commands.claim_use(command.id, at)


async def test_a_command_comes_back_as_it_was_stored(database: Database) -> None:
    command = a_command(
        name="!Größe",
        description="☃",
        is_active=False,
        moderator_only=True,
        subscriber_only=True,
        cooldown_seconds=30,
        usage_count=2**40,
        last_used=NOON,
    )

    await add_commands(database, command)

    assert await get(database, command) == command
    async with database.read() as uow:
        assert await uow.commands.get_by_key(command_key("GRÖSSE")) == command
        assert await uow.commands.get_by_key("größe") is None


@pytest.mark.parametrize("same", ["!Discord", "discord", "!DISCORD"])
async def test_a_name_is_taken_in_any_spelling_until_its_command_is_deleted(
    database: Database, same: str
) -> None:
    first = a_command(name="!discord")
    await add_commands(database, first)

    with pytest.raises(CommandAlreadyExistsError):
        await add_commands(database, a_command(name=same))

    await update(database, replace(first, deleted_at=NOON))
    await add_commands(database, a_command(name=same))
    assert await get(database, first) is None


async def test_a_rename_onto_another_command_is_refused(database: Database) -> None:
    first, second = a_command(name="!one"), a_command(name="!two")
    await add_commands(database, first, second)

    with pytest.raises(CommandAlreadyExistsError):
        await update(database, replace(second, name="!ONE"))


async def test_an_update_leaves_use_and_creation_alone(database: Database) -> None:
    command = a_command(cooldown_seconds=0)
    await add_commands(database, command)
    await claim(database, command, NOON)

    await update(
        database, replace(command, response="other", usage_count=9, created_at=NOON.replace(day=2))
    )

    assert await get(database, command) == replace(
        command, response="other", usage_count=1, last_used=NOON
    )


async def test_commands_come_by_name(database: Database) -> None:
    names = ["!zebra", "!Apple", "!éclair", "!banana", "!Zoo", "!_", "!10"]
    await add_commands(database, *(a_command(name=name) for name in names))
    await add_commands(database, a_command(name="!off", is_active=False))
    await add_commands(database, a_command(name="!gone", deleted_at=NOON))

    async with database.read() as uow:
        everything = await uow.commands.list(DeletedFilter(), PageRequest())
        active = await uow.commands.list(DeletedFilter(), PageRequest(), only_active=True)

    assert [command.name for command in active.items] == sorted(names, key=command_key)
    assert (everything.total, active.total) == (8, 7)


async def test_a_command_is_ready_exactly_when_its_cooldown_is_over(database: Database) -> None:
    command = a_command(cooldown_seconds=30)
    await add_commands(database, command)
    almost = NOON + timedelta(seconds=30) - timedelta(microseconds=1)

    assert await claim(database, command, NOON)
    assert not await claim(database, command, almost)
    assert await claim(database, command, NOON + timedelta(seconds=30))

    used = await get(database, command)
    assert used is not None
    assert (used.usage_count, used.last_used) == (2, NOON + timedelta(seconds=30))


async def test_without_a_cooldown_every_use_counts_even_at_an_earlier_time(
    database: Database,
) -> None:
    command = a_command(cooldown_seconds=0)
    await add_commands(database, command)

    for at in (NOON, NOON, NOON - timedelta(seconds=1)):
        assert await claim(database, command, at)


async def test_an_inactive_deleted_or_unknown_command_cannot_be_used(database: Database) -> None:
    inactive = a_command(name="!a", is_active=False)
    deleted = a_command(name="!b", deleted_at=NOON)
    await add_commands(database, inactive, deleted)

    for command in (inactive, deleted, a_command(id=new_id())):
        assert not await claim(database, command, NOON)


async def test_of_many_callers_at_once_one_gets_each_cooldown(database: Database) -> None:
    command = a_command(cooldown_seconds=60)
    await add_commands(database, command)

    for minute in range(3):
        at = NOON + timedelta(minutes=minute)
        claims = [claim(database, command, at) for _ in range(CALLERS)]
        assert sum(await asyncio.gather(*claims)) == 1

    used = await get(database, command)
    assert used is not None
    assert used.usage_count == 3
