"""Joining, leaving and listing channels; (94) and the like are rows of the table of bad inputs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import grpc
import pytest
import pytest_asyncio

from tests.support.questions import bot_status, channel_list, joined, message_said
from tests.support.running_bot import RunningBot, a_running_bot
from tests.support.waiting import eventually
from twitchbot.api import bot_service_pb2 as pb

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """One bot for all: each test has channels of its own."""
    directory = tmp_path_factory.mktemp("bot")
    async with a_running_bot(directory, "home", TWITCH_JOIN_TIMEOUT="500ms") as running:
        yield running
        assert running.service.tracebacks == []


async def leave(bot: RunningBot, channel: str) -> pb.LeaveChannelResponse:
    asked = pb.LeaveChannelRequest(channel=channel)
    answer: pb.LeaveChannelResponse = await bot.service.call("BotService/LeaveChannel", asked)
    return answer


async def state_of(bot: RunningBot, channel: str) -> pb.ChannelStatus | None:
    """Return how far the bot is with a channel, None if it does not want it."""
    answer = await channel_list(bot.service)
    found = {status.channel: status for status in answer.statuses}
    assert list(found) == list(answer.channels)
    return found.get(channel)


async def test_a_channel_is_joined_heard_left_and_heard_no_more(bot: RunningBot) -> None:
    room = bot.sim.add_channel("guest")
    answer = await joined(bot.service, "#GUEST")
    assert (answer.success, answer.channel) == (True, "guest")
    status = await state_of(bot, "guest")
    assert status is not None
    assert (status.state, status.channel_id) == (pb.CHANNEL_STATE_JOINED, room.room_id)
    assert "guest" in (await bot_status(bot.service)).active_channels
    await bot.sim.say("guest", "anna", "welcome")
    await message_said(bot.service, "guest", "welcome")

    assert (await leave(bot, "Guest")).success

    await eventually(lambda: not room.members)
    assert await state_of(bot, "guest") is None
    assert "guest" not in (await bot_status(bot.service)).active_channels


async def test_joining_twice_is_a_success_94(bot: RunningBot) -> None:
    bot.sim.add_channel("twice")
    answers = await asyncio.gather(*(joined(bot.service, "twice") for _ in range(2)))
    answers.append(await joined(bot.service, "twice"))
    assert [answer.success for answer in answers] == [True, True, True]
    assert list((await channel_list(bot.service)).channels).count("twice") == 1


async def test_leaving_a_channel_that_is_not_joined_is_an_answer_95(bot: RunningBot) -> None:
    answer = await leave(bot, "neverjoined")
    assert (answer.success, answer.channel) == (False, "neverjoined")
    assert "neverjoined" in answer.message


async def test_a_suspended_channel_is_refused_with_twitchs_words_96(bot: RunningBot) -> None:
    bot.sim.add_channel("gone")
    bot.sim.suspend("gone")
    answer = await joined(bot.service, "gone")
    assert (answer.success, answer.reason) == (False, pb.CHANNEL_PROBLEM_SUSPENDED)
    assert "does not exist or has been suspended" in answer.message
    assert await state_of(bot, "gone") is None


async def test_a_channel_that_banned_the_bot_is_refused_with_twitchs_words_96(
    bot: RunningBot,
) -> None:
    bot.sim.add_channel("closed")
    bot.sim.ban("mybot", "closed")
    answer = await joined(bot.service, "closed")
    assert (answer.success, answer.reason) == (False, pb.CHANNEL_PROBLEM_BANNED)
    assert "permanently banned" in answer.message
    assert await state_of(bot, "closed") is None


async def test_a_channel_that_stays_silent_is_not_confirmed(bot: RunningBot) -> None:
    answer = await joined(bot.service, "nosuchchannel")
    assert (answer.success, answer.reason) == (False, pb.CHANNEL_PROBLEM_NOT_CONFIRMED)
    assert await state_of(bot, "nosuchchannel") is None


async def test_a_channel_beyond_twitchs_limit_is_refused(bot: RunningBot) -> None:
    bot.sim.add_channel("onetoomany")
    bot.sim.configure(channels=0)
    try:
        answer = await joined(bot.service, "onetoomany")
    finally:
        bot.sim.configure(channels=100)
    assert (answer.success, answer.reason) == (False, pb.CHANNEL_PROBLEM_CHANNEL_LIMIT)
    assert await state_of(bot, "onetoomany") is None


async def test_a_channel_that_bans_the_bot_later_stays_wanted(bot: RunningBot) -> None:
    bot.sim.add_channel("fickle")
    assert (await joined(bot.service, "fickle")).success
    bot.sim.ban("mybot", "fickle")

    async def is_refused() -> bool:
        status = await state_of(bot, "fickle")
        return status is not None and status.state == pb.CHANNEL_STATE_REFUSED

    await eventually(is_refused)
    status = await state_of(bot, "fickle")
    assert status is not None
    assert status.problem == pb.CHANNEL_PROBLEM_BANNED
    assert "fickle" not in (await bot_status(bot.service)).active_channels
    bot.sim.unban("mybot", "fickle")
    assert (await joined(bot.service, "fickle")).success


async def test_the_first_channel_of_the_settings_is_the_primary_one(bot: RunningBot) -> None:
    answer = await channel_list(bot.service)
    assert (answer.primary_channel, answer.channels[0]) == ("home", "home")


async def test_the_status_tells_who_the_bot_is(bot: RunningBot) -> None:
    status = await bot_status(bot.service)
    assert status.connected
    assert status.authenticated
    assert not status.anonymous
    assert (status.bot_username, status.user_id) == ("mybot", "1001")
    assert status.channels_joined == len(status.active_channels)
    assert status.connected_since.seconds > 0
    assert status.connection_error == ""


@pytest.mark.parametrize("channel", ["", "a b", "a,b", "chan\r\nPART #x", "a" * 26, "../x", "ä"])
async def test_what_is_no_channel_name_never_reaches_twitch(bot: RunningBot, channel: str) -> None:
    joins = bot.sim.state.counts["irc.joins"]
    request = pb.JoinChannelRequest(channel=channel)
    refusal = await bot.service.call.refused("BotService/JoinChannel", request)
    assert refusal.code == grpc.StatusCode.INVALID_ARGUMENT
    assert list(refusal.violations) == ["channel"]
    assert bot.sim.state.counts["irc.joins"] == joins
