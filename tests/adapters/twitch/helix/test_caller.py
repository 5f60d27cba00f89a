"""Refused tokens, limits and broken answers."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.adapters.twitch.helix.absent import DeadAccount, LeavingAccount, NoAccount
from tests.support.fakes import FixedClock
from tests.support.simulated_twitch import a_helix, the_bot
from twitchbot.adapters.twitch.helix.client import HelixClient
from twitchbot.domain.errors import (
    MissingScopeError,
    TokenRejectedError,
    TwitchbotError,
    UnavailableError,
)
from twitchsim.server import TwitchSim

A_WHILE = timedelta(minutes=2)
APP_TOKEN_LIFE = timedelta(days=58)


def forget_app_tokens(sim: TwitchSim) -> None:
    """Let Twitch forget all app access tokens."""
    for value, token in list(sim.state.tokens._access.items()):
        if token.user_id is None:
            sim.state.tokens.revoke(value)


async def test_a_refused_token_is_replaced_once_and_the_call_repeated(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)
    users = the_bot(sim, sim.add_account("mybot").token, token="CANARY-expired")

    async with a_helix(sim, users) as helix:
        streams = await helix.live_streams([room.room_id])

    assert len(streams) == 1
    assert users.refusals == 1


async def test_a_dead_token_is_tried_twice_and_no_more(sim: TwitchSim) -> None:
    users = the_bot(sim, "CANARY-dead-2", "CANARY-dead-3", token="CANARY-dead-1")

    async with a_helix(sim, users) as helix:
        with pytest.raises(TokenRejectedError, match="Invalid OAuth token") as failure:
            await helix.live_streams(["1"])

    assert users.refusals == 1
    assert "CANARY" not in repr(failure.value)


async def test_a_token_that_has_no_successor_is_dead(sim: TwitchSim) -> None:
    async with a_helix(sim, the_bot(sim, token="dead")) as helix:
        with pytest.raises(TokenRejectedError):
            await helix.live_streams(["1"])


async def test_a_short_outage_is_not_noticed(sim: TwitchSim, helix: HelixClient) -> None:
    room = sim.add_channel("chan", live=True)
    sim.fail_http("/streams", status=500, times=1)
    sim.fail_http("/streams", status=503, body="html", times=1)

    assert len(await helix.live_streams([room.room_id])) == 1


async def test_a_long_outage_is_unavailable_after_three_attempts(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.fail_http("/streams", status=502, body="empty", times=99)

    with pytest.raises(UnavailableError, match="502"):
        await helix.live_streams(["1"])

    assert sum(fault.times for fault in sim.state.faults.http) == 96


async def test_silence_is_given_up_and_asked_again(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)
    sim.fail_http("/streams", hang=True, times=1)

    async with a_helix(sim, timeout_s=0.2) as helix:
        assert len(await helix.live_streams([room.room_id])) == 1


async def test_used_up_points_are_waited_for(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)
    sim.configure(helix_points=10, helix_refill_per_minute=1200.0)

    async with a_helix(sim, clock=FixedClock(datetime.now(UTC))) as helix:
        await helix.live_streams([room.room_id])
        sim.drain_points("mybot")
        started = time.monotonic()
        streams = await helix.live_streams([room.room_id])

    assert len(streams) == 1
    assert time.monotonic() - started >= 1
    assert sim.state.counts["helix.GET /streams"] == 3


async def test_points_of_other_programs_slow_us_down_before_none_is_left(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)
    sim.configure(helix_points=20, helix_refill_per_minute=0.001)

    async with a_helix(sim) as helix:
        async with asyncio.timeout(60):
            for _ in range(18):
                await helix.live_streams([room.room_id])
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await helix.live_streams([room.room_id])


async def test_a_rule_of_one_endpoint_is_not_hammered(sim: TwitchSim, helix: HelixClient) -> None:
    sim.fail_http("/streams", status=429, message="slow down", times=99)

    with pytest.raises(UnavailableError, match="slow down") as limited:
        await helix.live_streams(["1"])

    assert limited.value.retry_after_s == 30
    assert sum(fault.times for fault in sim.state.faults.http) == 98


async def test_an_app_token_answers_public_questions(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)

    async with a_helix(sim, NoAccount(), client_secret=sim.client_secret) as helix:
        streams = await helix.live_streams([room.room_id])
        again = await helix.user_ids(["chan"])
        with pytest.raises(MissingScopeError):
            await helix.chatters(room.room_id)

    assert len(streams) == 1
    assert again == {"chan": room.room_id}
    assert sim.state.counts["oauth.token.client_credentials"] == 1


async def test_an_app_token_stands_in_for_a_dead_account(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)

    async with a_helix(sim, DeadAccount(), client_secret=sim.client_secret) as helix:
        assert len(await helix.live_streams([room.room_id])) == 1


@pytest.mark.parametrize("users", [NoAccount(), DeadAccount(), LeavingAccount()])
async def test_without_any_token_a_login_is_needed(sim: TwitchSim, users: NoAccount) -> None:
    async with a_helix(sim, users) as helix:
        with pytest.raises(TokenRejectedError):
            await helix.live_streams(["1"])


async def test_a_refused_client_secret_means_that_there_is_no_token(sim: TwitchSim) -> None:
    async with a_helix(sim, NoAccount(), client_secret="wrong") as helix:
        with pytest.raises(TokenRejectedError, match="invalid client secret"):
            await helix.live_streams(["1"])


async def test_a_lost_app_token_is_replaced(sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)
    clock = FixedClock()

    async with a_helix(sim, NoAccount(), client_secret=sim.client_secret, clock=clock) as helix:
        await helix.live_streams([room.room_id])
        forget_app_tokens(sim)
        with pytest.raises(TokenRejectedError):
            await helix.live_streams([room.room_id])  # made a moment ago: a new one would not help
        clock.move(A_WHILE)
        streams = await helix.live_streams([room.room_id])

    assert len(streams) == 1
    assert sim.state.counts["oauth.token.client_credentials"] == 2


async def test_an_app_token_is_replaced_before_it_ends(sim: TwitchSim) -> None:
    clock = FixedClock()

    async with a_helix(sim, NoAccount(), client_secret=sim.client_secret, clock=clock) as helix:
        await helix.user_ids(["chan"])
        clock.move(APP_TOKEN_LIFE)
        await helix.user_ids(["chan"])

    assert sim.state.counts["oauth.token.client_credentials"] == 2


async def test_no_error_shows_the_token(sim: TwitchSim) -> None:
    sim.add_account("mybot", token="CANARY-token")
    sim.fail_http("/streams", status=500, times=3)

    async with a_helix(sim, the_bot(sim, token="CANARY-token")) as helix:
        with pytest.raises(TwitchbotError) as failure:
            await helix.live_streams(["1"])

    assert "CANARY" not in repr(failure.value) + repr(failure.value.__cause__)
