from __future__ import annotations

import asyncio

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
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings


@pytest.mark.parametrize("how", ["rst", "fin", "mid_line"])
async def test_after_a_cut_it_connects_again_and_rejoins(how: str) -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        sim.cut(how)  # type: ignore[arg-type]  # the parameters are the literals it takes
        await eventually(lambda: source.status().reconnects == 1)
        await sim.until_joined("chan")
        await sim.say("chan", "viewer1", "after")
        await eventually(lambda: ears.texts() == ["after"])


async def test_a_half_open_line_is_noticed_and_replaced() -> None:
    ears = Ears()
    hasty = {"ping_after_s": 0.1, "pong_timeout_s": 0.1}
    async with a_twitch() as sim, a_running_source(sim, ears, **hasty) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        sim.freeze(connection=1)
        await eventually(lambda: source.status().reconnects == 1)
        await sim.until_joined("chan", clients=2)
        await sim.say("chan", "viewer1", "after")
        await eventually(lambda: ears.texts() == ["after"])


async def test_a_frozen_twitch_is_tried_until_it_thaws() -> None:
    hasty = {"ping_after_s": 0.05, "pong_timeout_s": 0.05, "login_timeout_s": 0.1}
    async with a_twitch() as sim, a_running_source(sim, Ears(), **hasty) as source:
        await connected(source)
        sim.freeze()
        await eventually(lambda: source.status().last_error == "no answer to the login")

        sim.thaw()

        await connected(source)


async def test_a_quiet_line_that_answers_is_kept() -> None:
    hasty = {"ping_after_s": 0.03, "pong_timeout_s": 0.5}
    async with a_twitch() as sim, a_running_source(sim, Ears(), **hasty) as source:
        await connected(source)
        heard = source.status().lines_received

        await eventually(lambda: source.status().lines_received >= heard + 3)

        assert source.status().reconnects == 0


async def test_twitchs_ping_is_answered() -> None:
    async with (
        a_twitch(ping_interval_s=0.05, pong_timeout_s=0.2) as sim,
        a_running_source(sim, Ears()) as source,
    ):
        await connected(source)
        await asyncio.sleep(0.5)

        assert sim.state.counts["irc.pongs_missed"] == 0
        assert source.status().reconnects == 0


async def test_a_wish_to_reconnect_is_followed_at_once() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        sim.reconnect(close_after_s=30)
        await eventually(lambda: source.status().reconnects == 1)
        await sim.until_joined("chan")
        await sim.say("chan", "viewer1", "after")
        await eventually(lambda: ears.texts() == ["after"])


async def test_a_storm_of_wishes_to_reconnect_makes_no_storm_of_ours() -> None:
    async with a_twitch(**SCALED_LIMITS) as sim:
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        patient = {"stable_after_s": 60.0, "retry_base_s": 0.2, "retry_max_s": 60.0}
        async with a_running_source(sim, ears, **patient) as source:
            await connected(source)
            for _ in range(100):
                sim.reconnect(close_after_s=30)
                await asyncio.sleep(0.01)

            assert len(sim.ledger.connections) <= 4
            assert sim.state.counts["irc.login_limit_hits"] == 0


async def test_a_server_that_throws_us_out_at_once_is_not_hammered() -> None:
    async with a_twitch() as sim:
        patient = {"stable_after_s": 60.0, "retry_base_s": 0.2, "retry_max_s": 60.0}
        async with a_running_source(sim, Ears(), **patient):
            for _ in range(100):
                sim.cut()
                await asyncio.sleep(0.01)

            assert len(sim.ledger.connections) <= 4


async def test_it_survives_a_restart_of_the_server() -> None:
    settings = SimSettings(ports=PortSettings(tls=False))
    ears = Ears()
    async with TwitchSim(settings) as first:
        first.add_channel("chan")
        port = first.irc_port
        running = a_running_source(first, ears)
        source = await running.__aenter__()
        await source.join("chan", 5)
    try:
        await eventually(lambda: not source.status().connected)
        async with TwitchSim(settings.changed(irc=port)) as second:
            second.add_channel("chan")
            await second.until_joined("chan")
            await second.say("chan", "viewer1", "after")
            await eventually(lambda: ears.texts() == ["after"])
    finally:
        await running.__aexit__(None, None, None)


@pytest.mark.parametrize(
    "kind",
    [
        "garbage",
        "empty",
        "only_tags",
        "long",
        "unknown_command",
        "jtv_hosting",
        "hosttarget",
    ],
)
async def test_an_odd_line_costs_nobody_else_a_line(kind: str) -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        await sim.say("chan", "viewer1", "before")
        sim.say_odd("chan", kind)
        await sim.say("chan", "viewer1", "after")
        await eventually(lambda: ears.texts() == ["before", "after"])

        assert source.status().reconnects == 0
        assert source.line_counts.too_long == (kind == "long")


@pytest.mark.parametrize("kind", ["no_tags", "invalid_utf8", "nul", "bare_newline", "many_spaces"])
async def test_an_odd_message_is_handed_on_raw(kind: str) -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        sim.say_odd("chan", kind)
        await sim.say("chan", "viewer1", "after")
        await eventually(lambda: len(ears.lines) == 2)

        assert ears.texts()[1] == "after"


async def test_lines_may_be_cut_anywhere_also_inside_a_character() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)
        sim.slice_writes(7, 0.0001)

        texts = [f"{number} кафе ☕ 😂" for number in range(10)]
        for text in texts:
            await sim.say("chan", "viewer1", text)

        await eventually(lambda: ears.texts() == texts)


async def test_an_error_while_a_line_is_handled_ends_nothing() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)
        append = ears.lines.append

        def fail_once(line: bytes) -> None:
            source._on_message = lambda line, _: append(line)
            raise RuntimeError("the pipeline is broken")

        source._on_message = lambda line, _: fail_once(line)
        await sim.say("chan", "viewer1", "lost")
        await sim.say("chan", "viewer1", "heard")
        await eventually(lambda: ears.texts() == ["heard"])

        assert source.status().reconnects == 0
        assert source.line_counts.unreadable == 1


async def test_while_reading_is_paused_the_line_is_not_taken_for_dead() -> None:
    ears = Ears()
    hasty = {"ping_after_s": 0.05, "pong_timeout_s": 0.05}
    async with a_twitch() as sim, a_running_source(sim, ears, **hasty) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        source.pause_reading()
        for number in range(100):
            await sim.say("chan", "viewer1", f"m{number}")
        await asyncio.sleep(0.3)
        heard_while_paused = len(ears.lines)
        source.resume_reading()
        await eventually(lambda: len(ears.lines) == 100)

        assert heard_while_paused == 0
        assert source.status().reconnects == 0


async def test_a_pause_lasts_over_a_reconnect() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)
        source.pause_reading()
        source.log_in_anew()
        await eventually(lambda: source.status().reconnects == 1)
        await sim.until_joined("chan")

        await sim.say("chan", "viewer1", "hello")
        await asyncio.sleep(0.05)
        assert ears.lines == []
        source.resume_reading()
        await eventually(lambda: ears.texts() == ["hello"])


async def test_whispers_and_notices_are_no_messages() -> None:
    ears = Ears()
    async with a_twitch() as sim, a_running_source(sim, ears) as source:
        sim.add_channel("chan")
        await source.join("chan", 5)

        sim.raw("chan", ":viewer1!viewer1@viewer1.tmi.twitch.tv WHISPER mybot :psst")
        sim.notice("chan", "slow_on", n=5)
        sim.clear_chat("chan")
        await sim.say("chan", "viewer1", "hello")
        await eventually(lambda: ears.texts() != [])

        assert ears.texts() == ["hello"]
