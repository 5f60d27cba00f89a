"""The log of every line, for those who ask for it."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.support.chat_sources import Ears, a_running_source, connected, credentials_of
from tests.support.simulated_twitch import a_twitch
from tests.support.waiting import eventually


async def test_all_lines_are_logged_but_for_the_token() -> None:
    with capture_logs() as logs:
        async with a_twitch() as sim:
            account = sim.add_account("mybot", token="CANARYtoken")
            ears = Ears(credentials=credentials_of(account))
            async with a_running_source(sim, ears, log_lines=True) as source:
                sim.add_channel("chan")
                await source.join("chan", 5)
                await sim.say("chan", "viewer1", "hello there")
                await eventually(lambda: len(ears.lines) == 1)

    lines = [entry["line"] for entry in logs if "line" in entry]
    assert "PASS ***" in lines
    assert "JOIN #chan" in lines
    assert any(line.endswith("PRIVMSG #chan :hello there") for line in lines)
    assert "CANARY" not in str(logs)


async def test_no_line_is_logged_unless_asked_for() -> None:
    with capture_logs() as logs:
        async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
            await connected(source)

    assert [entry for entry in logs if "line" in entry] == []
