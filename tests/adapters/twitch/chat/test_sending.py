from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.support.chat_sources import (
    SCALED_LIMITS,
    Ears,
    a_running_source,
    connected,
    credentials_of,
)
from tests.support.simulated_twitch import a_twitch
from tests.support.waiting import eventually
from twitchbot.adapters.twitch.chat.limits import LimitSettings
from twitchbot.adapters.twitch.chat.outbox import CONNECTION_LOST, NO_CONFIRMATION
from twitchbot.adapters.twitch.chat.outgoing import UnsendableLineError
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.domain.errors import (
    ChannelNotJoinedError,
    ChatUnavailableError,
    LimitReachedError,
    MissingScopeError,
    NotLoggedInError,
    QueueFullError,
)
from twitchbot.usecases.ports.chat_source import SendOutcome
from twitchsim.server import TwitchSim

DELIVERED = SendOutcome(delivered=True)


@asynccontextmanager
async def a_speaker(
    role: str = "viewer", **changes: Any
) -> AsyncIterator[tuple[TwitchSim, TwitchChatSource, Ears]]:
    """Give a bot that sits in `chan`, with a role there."""
    async with a_twitch(**SCALED_LIMITS) as sim:
        sim.add_channel("chan", room_id="2001")
        bot = sim.add_account("mybot", user_id="1001", display_name="MyBot")
        sim.give_role("chan", "mybot", role)
        ears = Ears(credentials=credentials_of(bot, frozenset({"chat:read", "chat:edit"})))
        async with a_running_source(sim, ears, **changes) as source:
            await source.join("chan", 5)
            yield sim, source, ears


def texts_sent(sim: TwitchSim) -> list[str]:
    return [message.text for message in sim.client_messages]


async def test_a_delivered_message_is_reported_and_told_as_our_own() -> None:
    async with a_speaker("moderator") as (sim, source, ears):
        outcome = await source.send("chan", "hello there", 5)

        (said,) = ears.own
        assert outcome == DELIVERED
        assert texts_sent(sim) == ["hello there"]
        assert (said.text, said.channel, said.channel_id) == ("hello there", "chan", "2001")
        assert (said.user_id, said.username, said.display_name) == ("1001", "mybot", "MyBot")
        assert (said.is_moderator, said.badges) == (True, "moderator/1")
        assert said.message_id
        assert ears.lines == []


async def test_an_action_of_our_own_is_told_as_one() -> None:
    async with a_speaker() as (_, source, ears):
        assert await source.send("chan", "/me waves", 5) == DELIVERED

        assert (ears.own[0].text, ears.own[0].is_action) == ("waves", True)


async def test_an_answer_reaches_the_message_it_answers() -> None:
    async with a_speaker() as (sim, source, _):
        said = await sim.say("chan", "viewer1", "a question")

        assert await source.send("chan", "an answer", 5, reply_to=said.message_id) == DELIVERED

        assert sim.client_messages[-1].reply_to == said.message_id


async def test_the_same_text_again_is_refused_by_twitch_and_we_say_so() -> None:
    async with a_speaker() as (_, source, ears):
        first = await source.send("chan", "again", 5)
        second = await source.send("chan", "again", 5)

        assert first == DELIVERED
        assert (second.delivered, second.code) == (False, "msg_duplicate")
        assert "identical" in second.detail
        assert len(ears.own) == 1


@pytest.mark.parametrize(
    "code",
    [
        "msg_slowmode",
        "msg_subsonly",
        "msg_followersonly",
        "msg_r9k",
        "msg_rejected",
        "msg_rejected_mandatory",
        "msg_timedout",
        "msg_verified_email",
        "msg_channel_suspended",
        "no_permission",
    ],
)
async def test_a_refused_message_comes_back_with_twitchs_reason(code: str) -> None:
    async with a_speaker() as (sim, source, ears):
        sim.refuse_sends(code, channel="chan", text="because")

        outcome = await source.send("chan", "hello", 5)

        assert outcome == SendOutcome(delivered=False, code=code, detail="because")
        assert ears.own == []
        assert await source.send("chan", "next", 5) == DELIVERED


async def test_a_notice_that_is_no_refusal_decides_nothing() -> None:
    async with a_speaker() as (sim, source, _):
        sim.notice("chan", "slow_off")

        assert await source.send("chan", "hello", 5) == DELIVERED


async def test_answers_are_matched_in_the_order_of_sending() -> None:
    async with a_speaker("moderator") as (sim, source, ears):
        sim.refuse_sends("msg_rejected", channel="chan")

        outcomes = await asyncio.gather(*(source.send("chan", f"m{n}", 5) for n in range(20)))

        assert texts_sent(sim) == [f"m{n}" for n in range(20)]
        assert [outcome.code for outcome in outcomes] == ["msg_rejected", *[""] * 19]
        assert [said.text for said in ears.own] == [f"m{n}" for n in range(1, 20)]


async def test_an_ordinary_account_never_breaks_a_limit() -> None:
    async with a_speaker() as (sim, source, _):
        outcomes = await asyncio.gather(*(source.send("chan", f"m{n}", 30) for n in range(25)))

        assert outcomes == [DELIVERED] * 25
        assert sim.state.counts["refused.msg_ratelimit"] == 0


async def test_a_moderator_may_say_more() -> None:
    async with a_speaker("moderator") as (sim, source, _):
        outcomes = await asyncio.gather(*(source.send("chan", f"m{n}", 30) for n in range(60)))

        assert outcomes == [DELIVERED] * 60
        assert sim.state.counts["refused.msg_ratelimit"] == 0


async def test_beyond_the_limit_who_will_not_wait_is_told_for_how_long() -> None:
    limits = LimitSettings(messages=2, message_window_s=60, message_interval_s=0)
    async with a_speaker(limits=limits) as (sim, source, _):
        for number in range(2):
            await source.send("chan", f"m{number}", 5)

        with pytest.raises(LimitReachedError) as refused:
            await source.send("chan", "one more", 5)

        assert 55 < refused.value.retry_after_s <= 60
        assert texts_sent(sim) == ["m0", "m1"]


async def test_a_message_never_waits_longer_than_it_is_of_use() -> None:
    limits = LimitSettings(messages=1, message_window_s=60)
    async with a_speaker(limits=limits, send_max_age_s=30.0) as (_, source, _ears):
        await source.send("chan", "first", 5)

        with pytest.raises(LimitReachedError):
            await source.send("chan", "second", 1000)


async def test_a_full_queue_refuses_more() -> None:
    limits = LimitSettings(message_interval_s=0.5)
    async with a_speaker(limits=limits, send_queue_length=3) as (_, source, _ears):
        await source.send("chan", "first", 5)
        waiting = [asyncio.create_task(source.send("chan", f"m{n}", 5)) for n in range(3)]
        await asyncio.sleep(0)

        with pytest.raises(QueueFullError):
            await source.send("chan", "one too many", 5)

        assert all(outcome.delivered for outcome in await asyncio.gather(*waiting))


async def test_who_cancels_while_waiting_sends_nothing() -> None:
    limits = LimitSettings(message_interval_s=0.2)
    async with a_speaker(limits=limits) as (sim, source, _):
        await source.send("chan", "first", 5)

        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await source.send("chan", "cancelled", 5)
        await source.send("chan", "last", 5)

        assert texts_sent(sim) == ["first", "last"]


async def test_who_cancels_after_the_sending_still_leaves_a_record_of_it() -> None:
    async with a_speaker("moderator") as (sim, source, ears):
        sim.slice_writes(1, 0.002)
        sending = asyncio.create_task(source.send("chan", "hello", 5))
        await eventually(lambda: texts_sent(sim) == ["hello"])
        sending.cancel()

        sim.slice_writes(0)
        await eventually(lambda: [said.text for said in ears.own] == ["hello"])


async def test_silence_is_no_delivery_but_may_have_been_one() -> None:
    async with a_speaker(send_timeout_s=0.1) as (sim, source, ears):
        sim.freeze()

        outcome = await source.send("chan", "hello?", 5)

        assert (outcome.delivered, outcome.code) == (False, NO_CONFIRMATION)
        assert ears.own == []
        sim.thaw()


async def test_a_lost_connection_answers_who_waits_and_nothing_is_sent_twice() -> None:
    async with a_speaker(send_timeout_s=10.0) as (sim, source, _):
        sim.freeze()
        sending = asyncio.create_task(source.send("chan", "hello?", 5))
        await asyncio.sleep(0.05)
        sim.thaw()
        sim.cut()

        outcome = await sending
        await sim.until_joined("chan")

        assert outcome.delivered or outcome.code == CONNECTION_LOST
        assert len(texts_sent(sim)) <= 1


async def test_a_guest_cannot_send() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        with pytest.raises(NotLoggedInError):
            await source.send("chan", "hello", 5)


async def test_without_the_scope_nothing_is_sent() -> None:
    async with a_twitch() as sim:
        sim.add_channel("chan")
        ears = Ears(credentials=credentials_of(sim.add_account("mybot"), frozenset({"chat:read"})))
        async with a_running_source(sim, ears) as source:
            await source.join("chan", 5)

            with pytest.raises(MissingScopeError):
                await source.send("chan", "hello", 5)


async def test_only_where_we_are_can_we_speak() -> None:
    async with a_twitch() as sim:
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        async with a_running_source(sim, ears) as source:
            await connected(source)

            with pytest.raises(ChannelNotJoinedError):
                await source.send("chan", "hello", 5)
            source.keep(["nowhere"])
            with pytest.raises(ChannelNotJoinedError):
                await source.send("nowhere", "hello", 5)


async def test_without_a_connection_nothing_can_be_sent() -> None:
    async with a_twitch() as sim:
        sim.refuse_connections()
        async with a_running_source(sim, Ears()) as source:
            source.keep(["chan"])

            with pytest.raises(ChatUnavailableError):
                await source.send("chan", "hello", 5)


@pytest.mark.parametrize("text", ["hi\r\nPRIVMSG #other :x", "\0", "x" * 501, ""])
async def test_what_is_not_one_line_never_reaches_the_wire(text: str) -> None:
    async with a_speaker() as (sim, source, _):
        with pytest.raises(UnsendableLineError):
            await source.send("chan", text, 5)

        assert await source.send("chan", "next", 5) == DELIVERED
        assert texts_sent(sim) == ["next"]


async def test_500_characters_of_four_bytes_are_delivered() -> None:
    async with a_speaker() as (sim, source, _):
        assert await source.send("chan", "😂" * 500, 5) == DELIVERED

        assert texts_sent(sim) == ["😂" * 500]
