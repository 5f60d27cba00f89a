"""Streams that come and go, with viewers that wander."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from twitchsim.phrases import Phrasebook
from twitchsim.population import Population
from twitchsim.room import Room
from twitchsim.verbs.channels import ChannelVerbs

_TICK_S = 1.0


@dataclass(slots=True, kw_only=True)
class _Plan:
    channel: str
    switches_at: float


class Schedule:
    """Lets each channel be live for a while, then offline; 0 seconds offline means always live."""

    def __init__(
        self,
        verbs: ChannelVerbs,
        channels: Sequence[str],
        *,
        live_s: float,
        offline_s: float,
        seed: int,
    ) -> None:
        self._verbs = verbs
        self._live_s = live_s
        self._offline_s = offline_s
        self._chance = random.Random(f"schedule {seed}")
        self._phrases = Phrasebook(self._chance)
        self._population = Population(verbs.state.world, self._chance)
        self._plans = [_Plan(channel=channel, switches_at=0.0) for channel in channels]
        for plan in self._plans:
            self._start(plan)

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            await asyncio.sleep(_TICK_S)
            for plan in self._plans:
                self._step(plan)

    def _start(self, plan: _Plan) -> None:
        """Put a channel somewhere in its cycle, so that they do not all switch together."""
        cycle_s = self._live_s + self._offline_s
        position_s = self._chance.random() * cycle_s
        now = self._verbs.state.clock.monotonic()
        if position_s < self._live_s:
            self._go_live(plan.channel)
            plan.switches_at = now + self._live_s - position_s
        else:
            plan.switches_at = now + cycle_s - position_s

    def _step(self, plan: _Plan) -> None:
        room, now = self._verbs.room(plan.channel), self._verbs.state.clock.monotonic()
        if self._offline_s > 0 and now >= plan.switches_at:
            self._switch(plan, room, now)
        elif room.stream is not None:
            wander = self._chance.uniform(0.97, 1.035)
            self._verbs.set_viewers(plan.channel, max(1, round(room.stream.viewers * wander)))
            if self._chance.random() < 0.002:
                self._change_game(plan.channel)

    def _switch(self, plan: _Plan, room: Room, now: float) -> None:
        if room.stream is None:
            self._go_live(plan.channel)
            plan.switches_at = now + self._live_s
        else:
            self._verbs.go_offline(plan.channel)
            plan.switches_at = now + self._offline_s

    def _go_live(self, channel: str) -> None:
        self._change_game(channel)
        self._verbs.go_live(channel, viewers=int(self._chance.paretovariate(0.8) * 20))

    def _change_game(self, channel: str) -> None:
        game = self._population.game()
        self._verbs.set_title(channel, title=self._phrases.title(game), game=game)
