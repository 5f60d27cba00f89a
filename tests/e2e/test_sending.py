"""SendMessage; (85) and the like are rows of the table of bad inputs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio

from tests.e2e.conftest import Serve
from tests.support.grpc_calls import Caller, Refusal
from tests.support.questions import bot_status, message_said, messages_in, sent
from tests.support.running_bot import RunningBot, a_running_bot, chat_environment, until_joined
from tests.support.waiting import eventually
from twitchbot.api import bot_service_pb2 as pb
from twitchsim.server import TwitchSim

CHANNELS = ("dup", "slow", "late", "banned", "emoji", "me", "reply", "deadline")

on_one_bot = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    """A bot without any rights, so that all rules hold for it."""
    directory = tmp_path_factory.mktemp("bot")
    async with a_running_bot(directory, *CHANNELS, moderates=False) as running:
        yield running
        assert running.service.tracebacks == []


async def refused(bot: RunningBot, channel: str, text: str, **options: float) -> Refusal:
    asked = pb.SendMessageRequest(channel=channel, message=text)
    return await bot.service.call.refused("BotService/SendMessage", asked, **options)


def heard(sim: TwitchSim, channel: str) -> list[str]:
    """Return what Twitch was asked to say in a channel."""
    return [said.text for said in sim.client_messages if said.channel == channel]


@on_one_bot
async def test_the_same_text_again_is_refused_in_twitchs_words_90(bot: RunningBot) -> None:
    assert (await sent(bot.service, "dup", "hello")).success
    answer = await sent(bot.service, "dup", "hello")
    assert (answer.success, answer.reason) == (False, "msg_duplicate")
    assert "identical to the previous one" in answer.error
    assert len(await messages_in(bot.service, "dup")) <= 1


@on_one_bot
async def test_slow_mode_is_told(bot: RunningBot) -> None:
    bot.sim.roomstate("slow", slow=30)
    assert (await sent(bot.service, "slow", "first")).success
    answer = await sent(bot.service, "slow", "second")
    assert (answer.success, answer.reason) == (False, "msg_slowmode")


@on_one_bot
async def test_a_timeout_is_told(bot: RunningBot) -> None:
    bot.sim.timeout("mybot", "late", 600)
    answer = await sent(bot.service, "late", "may I?")
    assert (answer.success, answer.reason) == (False, "msg_timedout")


@on_one_bot
async def test_a_ban_is_told(bot: RunningBot) -> None:
    bot.sim.refuse_sends("msg_banned", channel="banned")
    answer = await sent(bot.service, "banned", "may I?")
    assert (answer.success, answer.reason) == (False, "msg_banned")
    assert "permanently banned" in answer.error


@on_one_bot
async def test_five_hundred_characters_of_four_bytes_are_sent_91(bot: RunningBot) -> None:
    text = "🎉" * 500
    assert (await sent(bot.service, "emoji", text)).success
    assert heard(bot.sim, "emoji") == [text]
    assert (await message_said(bot.service, "emoji", text)).username == "mybot"


@on_one_bot
async def test_an_action_is_sent_as_one_77(bot: RunningBot) -> None:
    assert (await sent(bot.service, "me", "/me waves")).success
    assert (await message_said(bot.service, "me", "waves")).is_action


@on_one_bot
async def test_a_reply_to_a_deleted_message_is_sent_81(bot: RunningBot) -> None:
    question = await bot.sim.say("reply", "anna", "who?")
    bot.sim.delete_message("reply", question.message_id)
    assert (await sent(bot.service, "reply", "me", question.message_id)).success
    assert heard(bot.sim, "reply") == ["me"]


@on_one_bot
async def test_a_channel_that_is_not_joined_is_a_failed_precondition_82(bot: RunningBot) -> None:
    refusal = await refused(bot, "elsewhere", "hello")
    assert refusal.code == grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "CHANNEL_NOT_JOINED"


@on_one_bot
async def test_a_call_without_time_says_nothing_92(bot: RunningBot) -> None:
    for timeout_s in (0.000001, 0.05):
        refusal = await refused(bot, "deadline", "too late", timeout_s=timeout_s)
        assert refusal.code == grpc.StatusCode.DEADLINE_EXCEEDED
    assert (await sent(bot.service, "deadline", "in time")).success
    assert heard(bot.sim, "deadline") == ["in time"]


@on_one_bot
@pytest.mark.parametrize(
    "text", ["", "a\r\nQUIT", "a\nb", "a\0b", "x" * 501, "/ban anna", ".timeout anna", " /ban anna"]
)
async def test_what_would_be_more_than_a_message_never_reaches_twitch_69_to_76(
    bot: RunningBot, text: str
) -> None:
    refusal = await refused(bot, "dup", text)
    assert refusal.code == grpc.StatusCode.INVALID_ARGUMENT
    assert text not in heard(bot.sim, "dup")
    assert len(bot.sim.ledger.connections) == 1


async def test_more_than_twitch_allows_is_refused_before_twitch_hears_it_88(
    tmp_path: Path,
) -> None:
    channels = [f"chan{number}" for number in range(10)]
    async with a_running_bot(tmp_path, *channels, moderates=False) as bot:
        asked = [
            pb.SendMessageRequest(channel=channel, message=f"message {number}")
            for number in range(2)
            for channel in channels
        ]
        call = bot.service.call
        outcomes = await asyncio.gather(
            *(call.outcome("BotService/SendMessage", one, timeout_s=8.0) for one in asked)
        )

        refusals = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
        assert len(refusals) == 1, refusals
        assert refusals[0].code == grpc.StatusCode.RESOURCE_EXHAUSTED
        assert refusals[0].reason == "RATE_LIMITED"
        assert refusals[0].retry_after_s
        assert refusals[0].retry_after_s > 8.0
        assert Counter(said.outcome for said in bot.sim.client_messages) == {"accepted": 19}


async def test_too_many_that_wait_are_refused_at_once_89(tmp_path: Path) -> None:
    async with a_running_bot(tmp_path, "chan", moderates=False) as bot:
        # One connection carries 100 calls at a time, which is as many as may wait.
        async with Caller(bot.service.grpc_port) as other:
            outcomes = await asyncio.gather(
                *(
                    (bot.service.call, other)[number % 2].outcome(
                        "BotService/SendMessage",
                        pb.SendMessageRequest(channel="chan", message=f"message {number}"),
                        timeout_s=3.0,
                    )
                    for number in range(110)
                )
            )

        reasons = Counter(one.reason for one in outcomes if isinstance(one, Refusal))
        assert 1 <= reasons["QUEUE_FULL"] <= 10, reasons
        assert set(reasons) == {"QUEUE_FULL", "RATE_LIMITED"}
        assert {said.outcome for said in bot.sim.client_messages} == {"accepted"}


async def test_without_a_connection_there_is_a_time_to_come_back_85(tmp_path: Path) -> None:
    async with a_running_bot(tmp_path, "chan") as bot:
        bot.sim.refuse_connections()
        bot.sim.cut()

        async def is_disconnected() -> bool:
            return not (await bot_status(bot.service)).connected

        await eventually(is_disconnected)
        refusal = await refused(bot, "chan", "hello?")
        assert refusal.code == grpc.StatusCode.UNAVAILABLE
        assert refusal.reason == "CHAT_UNAVAILABLE"
        assert refusal.retry_after_s

        await bot.sim.accept_connections()
        await until_joined(bot.service, ["chan"])
        assert (await sent(bot.service, "chan", "hello again")).success


async def test_a_token_that_may_only_read_is_told_what_it_lacks_83(
    sim: TwitchSim, serve: Serve
) -> None:
    reader = sim.add_account("reader", scopes=["chat:read"])
    service = await serve(**chat_environment(sim, "chan", token=reader.token))
    await until_joined(service, ["chan"])
    asked = pb.SendMessageRequest(channel="chan", message="hello")
    refusal = await service.call.refused("BotService/SendMessage", asked)
    assert refusal.code == grpc.StatusCode.FAILED_PRECONDITION
    assert refusal.reason == "MISSING_SCOPE"
    assert "chat:edit" in refusal.text
    await sim.say("chan", "anna", "still heard")
    await message_said(service, "chan", "still heard")


async def test_a_revoked_token_reads_on_as_a_guest_and_says_how_to_log_in_84(
    tmp_path: Path,
) -> None:
    async with a_running_bot(tmp_path, "chan") as bot:
        bot.sim.disconnect_app("mybot")
        bot.sim.cut()

        async def is_guest() -> bool:
            status = await bot_status(bot.service)
            return bool(status.connected and status.anonymous)

        await eventually(is_guest, 30.0)
        await until_joined(bot.service, ["chan"])
        refusal = await refused(bot, "chan", "hello")
        assert refusal.code == grpc.StatusCode.FAILED_PRECONDITION
        assert refusal.reason in {"NOT_LOGGED_IN", "TOKEN_REJECTED"}
        assert "log in" in refusal.text
        await bot.sim.say("chan", "anna", "still heard")
        await message_said(bot.service, "chan", "still heard")
        health = await bot.service.health()
        assert health["status"] == "degraded"
        assert health["parts"]["accounts"]["accounts"]["mybot"]["need_reauth"]
