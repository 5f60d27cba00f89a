"""Commands typed into chat, and what the bot answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.questions import message_said, sent
from tests.support.running_bot import RunningBot, a_running_bot
from tests.support.waiting import eventually
from twitchbot.api.command_service_pb2 import (
    Command,
    CreateCommandRequest,
    GetCommandByNameRequest,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHANNELS = ("one", "two", "own", "roles", "cool", "host", "partner", "slash")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    async with a_running_bot(tmp_path_factory.mktemp("bot"), *CHANNELS) as running:
        yield running
        assert running.service.tracebacks == []


async def create(bot: RunningBot, name: str, response: str, **fields: bool | int) -> None:
    command = CreateCommandRequest(name=name, response=response, is_active=True)
    for field, value in fields.items():
        setattr(command, field, value)
    await bot.service.call("CommandService/CreateCommand", command)


async def command(bot: RunningBot, name: str) -> Command:
    asked = GetCommandByNameRequest(name=name)
    found: Command = (await bot.service.call("CommandService/GetCommandByName", asked)).command
    return found


def answers(bot: RunningBot, channel: str) -> list[str]:
    """Return what the bot has said in a channel."""
    return [said.text for said in bot.sim.client_messages if said.channel == channel]


async def until_handled(bot: RunningBot, outcome: str, times: int) -> None:
    """Wait until so many commands came to this end."""
    await bot.service.until_metric(f'twitchbot_commands_total{{outcome="{outcome}"}}', times)


async def handled(bot: RunningBot, outcome: str) -> int:
    return int(await bot.service.metric(f'twitchbot_commands_total{{outcome="{outcome}"}}'))


async def test_a_command_is_answered_where_it_was_asked(bot: RunningBot) -> None:
    await create(bot, "!discord", "https://discord.example/one")

    await bot.sim.say("one", "anna", "!DISCORD please \U000e0000")

    await eventually(lambda: answers(bot, "one") == ["https://discord.example/one"])
    assert answers(bot, "two") == []
    await message_said(bot.service, "one", "!DISCORD please \U000e0000")
    await message_said(bot.service, "one", "https://discord.example/one")
    assert (await command(bot, "discord")).usage_count == 1


async def test_the_bot_never_answers_itself(bot: RunningBot) -> None:
    await create(bot, "!loop", "!loop")
    assert (await sent(bot.service, "own", "!loop")).success
    await bot.sim.say("own", "anna", "!loop")

    await eventually(lambda: answers(bot, "own") == ["!loop", "!loop"])

    await bot.sim.say("own", "anna", "what comes after")
    await message_said(bot.service, "own", "what comes after")
    assert answers(bot, "own") == ["!loop", "!loop"]
    assert (await command(bot, "!loop")).usage_count == 1


async def test_only_who_may_use_a_command_is_answered(bot: RunningBot) -> None:
    await create(bot, "!mods", "for moderators", moderator_only=True)
    await create(bot, "!subs", "for subscribers", subscriber_only=True)
    bot.sim.give_role("roles", "moda", "lead_moderator")
    bot.sim.give_role("roles", "suba", "subscriber")
    refused = await handled(bot, "not authorized to use this command")

    await bot.sim.say("roles", "suba", "!mods")
    await bot.sim.say("roles", "anna", "!subs")
    await until_handled(bot, "not authorized to use this command", refused + 2)
    assert answers(bot, "roles") == []

    await bot.sim.say("roles", "moda", "!mods")
    await eventually(lambda: answers(bot, "roles") == ["for moderators"])
    await bot.sim.say("roles", "suba", "!subs")
    await eventually(lambda: answers(bot, "roles") == ["for moderators", "for subscribers"])
    await bot.sim.say("roles", "roles", "!mods")
    await eventually(lambda: len(answers(bot, "roles")) == 3)


async def test_a_command_that_cools_down_is_not_answered(bot: RunningBot) -> None:
    await create(bot, "!rare", "rarely", cooldown_seconds=600)
    refused = await handled(bot, "command is on cooldown")

    for _ in range(3):
        await bot.sim.say("cool", "anna", "!rare")

    await until_handled(bot, "command is on cooldown", refused + 2)
    await eventually(lambda: answers(bot, "cool") == ["rarely"])
    assert (await command(bot, "!rare")).usage_count == 1


async def test_a_command_from_a_shared_chat_is_answered_once(bot: RunningBot) -> None:
    await create(bot, "!shared", "once")
    bot.sim.share_chat(["host", "partner"])

    await bot.sim.say("host", "anna", "!shared")
    await message_said(bot.service, "partner", "!shared", include_shared=True)

    await eventually(lambda: answers(bot, "host") == ["once"])
    assert answers(bot, "partner") == []
    assert (await command(bot, "!shared")).usage_count == 1


async def test_a_response_never_becomes_a_command_to_twitch(bot: RunningBot) -> None:
    await create(bot, "!evil", "/ban anna")

    await bot.sim.say("slash", "anna", "!evil")

    await eventually(lambda: len(answers(bot, "slash")) == 1)
    (said,) = answers(bot, "slash")
    assert not said.startswith(("/", "."))
