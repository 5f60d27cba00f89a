from __future__ import annotations

import asyncio
import time
from functools import partial

import pytest
from structlog.testing import capture_logs

from tests.support.chat_sources import (
    SCALED_LIMITS,
    Ears,
    a_running_source,
    connected,
    credentials_of,
)
from tests.support.simulated_twitch import a_twitch
from tests.support.waiting import eventually
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.domain.channel import ChannelProblem, ChannelState
from twitchbot.domain.errors import ChatUnavailableError, InvalidInputError
from twitchbot.usecases.ports.chat_source import JoinOutcome


async def test_a_join_is_confirmed_with_the_channels_id() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan", room_id="2001")

        outcome = await source.join("chan", 5)

        (status,) = source.status().channels
        assert outcome == JoinOutcome(joined=True)
        assert (status.channel, status.state) == ("chan", ChannelState.JOINED)
        assert (status.channel_id, status.problem) == ("2001", None)
        assert ears.joined[-1] == ("chan", "2001")


async def test_joining_twice_is_one_join() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        sim.add_channel("chan")

        first, second = await asyncio.gather(source.join("chan", 5), source.join("chan", 5))
        third = await source.join("chan", 5)

        assert first.joined
        assert second.joined
        assert third.joined
        assert sim.state.counts["irc.joins"] == 1


async def test_what_is_kept_is_joined_without_waiting() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        for channel in ("one", "two"):
            sim.add_channel(channel)

        source.keep(["one", "two"])

        await sim.until_joined("one", "two")


async def test_a_channel_that_does_not_exist_is_given_up_for_now_and_reported() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears, join_timeout_s=0.05) as source:
        outcome = await source.join("nowhere", 5)

        (status,) = source.status().channels
        assert not outcome.joined
        assert outcome.problem is ChannelProblem.NOT_CONFIRMED
        assert status.state is ChannelState.UNCONFIRMED
        assert ears.refused == [("nowhere", ChannelProblem.NOT_CONFIRMED)]
        assert sim.state.counts["irc.joins"] == 3
        assert source.status().reconnects == 0


async def test_a_channel_that_was_silent_for_a_while_is_joined_by_a_later_try() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears(), join_timeout_s=0.05) as source:
        sim.add_channel("chan")
        sim.silent("chan")
        joining = asyncio.create_task(source.join("chan", 5))
        await eventually(lambda: sim.state.counts["irc.joins"] == 1)
        sim.silent("chan", False)

        assert (await joining).joined


@pytest.mark.parametrize("old_text", [False, True])
async def test_a_suspended_channel_is_refused_with_twitchs_words(old_text: bool) -> None:
    ears = Ears()
    async with a_twitch(old_suspended_text=old_text) as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        sim.suspend("chan")

        outcome = await source.join("chan", 5)

        assert outcome.problem is ChannelProblem.SUSPENDED
        assert "suspended" in outcome.detail
        assert ears.refused == [("chan", ChannelProblem.SUSPENDED)]


async def test_a_refusal_is_logged() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        sim.suspend("chan")

        with capture_logs() as logs:
            await source.join("chan", 5)

        (entry,) = [entry for entry in logs if entry["event"] == "channel not joined"]
        assert (entry["channel"], entry["problem"]) == ("chan", ChannelProblem.SUSPENDED)


async def test_a_refused_channel_is_joined_when_its_time_comes() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears(), join_retry_s=0.05) as source:
        sim.add_channel("chan")
        sim.suspend("chan")
        await source.join("chan", 5)

        sim.reinstate("chan")

        await sim.until_joined("chan")
        await eventually(lambda: source.status().channels[0].state is ChannelState.JOINED)


async def test_where_we_are_banned_we_are_refused() -> None:
    async with a_twitch() as sim:
        sim.add_channel("chan")
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        sim.ban("mybot", "chan")

        async with a_running_source(sim, ears) as source:
            outcome = await source.join("chan", 5)

            assert outcome.problem is ChannelProblem.BANNED
            assert "banned" in outcome.detail


async def test_a_ban_puts_us_out_of_a_channel() -> None:
    async with a_twitch() as sim:
        sim.add_channel("chan")
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))

        async with a_running_source(sim, ears) as source:
            await source.join("chan", 5)
            sim.ban("mybot", "chan")
            await eventually(lambda: ears.refused == [("chan", ChannelProblem.BANNED)])

            assert source.status().channels[0].state is ChannelState.REFUSED
            assert source.status().reconnects == 0


@pytest.mark.parametrize("has_tags", [True, False])
async def test_beyond_the_channel_limit_channels_wait(has_tags: bool) -> None:
    async with a_twitch(channels=2, channel_limit_has_tags=has_tags) as sim:
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        for channel in ("one", "two", "three"):
            sim.add_channel(channel)

        async with a_running_source(sim, ears) as source:
            outcomes = [await source.join(name, 5) for name in ("one", "two", "three")]

            assert [outcome.joined for outcome in outcomes] == [True, True, False]
            assert outcomes[2].problem is ChannelProblem.CHANNEL_LIMIT


async def test_45_channels_are_joined_without_breaking_the_limit() -> None:
    async with a_twitch(**SCALED_LIMITS) as sim:
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        channels = [f"chan{number}" for number in range(45)]
        for channel in channels:
            sim.add_channel(channel)

        async with a_running_source(sim, ears) as source:
            source.keep(channels)
            await sim.until_joined(*channels, timeout_s=10)

            assert sim.state.counts["irc.join_limit_hits"] == 0
            assert source.status().reconnects == 0


def has_reconnected(source: TwitchChatSource, times: int) -> bool:
    return source.status().reconnects == times


async def test_a_reconnect_opens_no_new_window_of_joins() -> None:
    async with a_twitch(**SCALED_LIMITS) as sim:
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        channels = [f"chan{number}" for number in range(15)]
        for channel in channels:
            sim.add_channel(channel)

        async with a_running_source(sim, ears) as source:
            source.keep(channels)
            for cuts in (1, 2, 3):
                await sim.until_joined(*channels, timeout_s=10)
                sim.cut()
                await eventually(partial(has_reconnected, source, cuts))
            await sim.until_joined(*channels, timeout_s=10)

            assert sim.state.counts["irc.join_limit_hits"] == 0


async def test_a_wanted_channel_goes_before_those_that_are_kept() -> None:
    async with a_twitch(**SCALED_LIMITS) as sim, a_running_source(sim, Ears()) as source:
        channels = [f"chan{number}" for number in range(40)]
        for channel in [*channels, "urgent"]:
            sim.add_channel(channel)
        source.keep(channels)
        await sim.until_joined("chan0")

        outcome = await source.join("urgent", 5)

        assert outcome.joined
        assert not sim.room("chan39").members


async def test_leaving_a_channel_ends_its_messages() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        sim.add_channel("other")
        await source.join("chan", 5)
        await source.join("other", 5)

        assert await source.part("chan") is True
        await sim.say("chan", "viewer1", "too late")
        await sim.say("other", "viewer1", "still here")
        await eventually(lambda: ears.texts() != [])
        await eventually(lambda: not sim.room("chan").members)

        assert ears.texts() == ["still here"]
        assert source.line_counts.unwanted == 1
        assert [status.channel for status in source.status().channels] == ["other"]


async def test_leaving_a_channel_that_is_not_kept_is_nothing() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        assert await source.part("chan") is False


async def test_leaving_answers_who_waits_for_the_join() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        joining = asyncio.create_task(source.join("nowhere", 5))
        await eventually(lambda: source.status().channels != [])

        await source.part("nowhere")

        assert (await joining).joined is False


async def test_who_has_no_patience_hears_that_there_was_no_answer() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears(), join_timeout_s=60.0) as source:
        await connected(source)

        outcome = await source.join("nowhere", 0.05)

        assert outcome.problem is ChannelProblem.NOT_CONFIRMED
        assert outcome.detail == "no answer within 0.05 s"
        assert source.status().channels[0].state is ChannelState.JOINING


async def test_without_a_connection_a_join_is_unavailable_but_kept() -> None:
    async with a_twitch() as sim:
        sim.add_channel("chan")
        sim.refuse_connections()
        async with a_running_source(sim, Ears()) as source:
            with pytest.raises(ChatUnavailableError):
                await source.join("chan", 0.1)

            await sim.accept_connections()

            await sim.until_joined("chan")


async def test_what_is_no_channel_name_is_refused() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        for name in ("a,b", "#chan", "Chan", "", "x" * 26):
            with pytest.raises(InvalidInputError):
                await source.join(name, 1)
            with pytest.raises(InvalidInputError):
                source.keep([name])

        assert source.status().channels == []


async def test_a_confirmation_for_a_channel_never_asked_is_ignored() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        login = source.status().login
        sim.raw("chan", f":{login}!{login}@{login}.tmi.twitch.tv JOIN #stranger")
        await sim.say("chan", "viewer1", "next")
        await eventually(lambda: ears.texts() == ["next"])

        assert [status.channel for status in source.status().channels] == ["chan"]
        assert ("stranger", "") not in ears.joined


async def test_joining_is_fast() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        sim.add_channel("chan")
        await connected(source)
        started = time.monotonic()

        await source.join("chan", 5)

        assert time.monotonic() - started < 1
