"""More joins at once than Twitch allows."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.support.questions import joined
from tests.support.running_bot import a_running_bot

CHANNELS = 21


async def test_joins_beyond_twitchs_limit_wait_for_their_turn_93(tmp_path: Path) -> None:
    async with a_running_bot(tmp_path) as bot:
        channels = [f"chan{number}" for number in range(CHANNELS)]
        for channel in channels:
            bot.sim.add_channel(channel)

        answers = await asyncio.gather(*(joined(bot.service, channel) for channel in channels))

        assert all(answer.success for answer in answers)
        assert bot.sim.state.counts["irc.joins"] == CHANNELS
        assert bot.sim.state.counts["irc.join_limit_hits"] == 0
        assert len(bot.sim.ledger.connections) == 1
