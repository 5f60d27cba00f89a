"""Things that go on by themselves: lively people, steady load, streams that come and go."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress

from twitchsim.chatter import Chatter
from twitchsim.load import Load
from twitchsim.population import Population
from twitchsim.schedule import Schedule
from twitchsim.verbs.acts import Acts


class LivelyVerbs(Acts):
    """Start and stop what runs in the background; each kind runs once at a time."""

    _running: dict[str, asyncio.Task[None]]

    def add_channels(self, count: int) -> list[str]:
        """Make so many channels with made-up names; return the names."""
        population = Population(self.state.world, self.state.random)
        logins = [population.channel_login(number) for number in range(count)]
        for login in logins:
            self.add_channel(login)
        return logins

    def start_chatter(
        self, rate: float = 5.0, channels: Sequence[str] = (), *, seed: int | None = None
    ) -> None:
        """Let people do ``rate`` things a second in some channels, or in all."""
        seed = self.state.seed if seed is None else seed
        chatter = Chatter(self, self._channels(channels), rate, seed)
        self._start("chatter", chatter.run())

    async def stop_chatter(self) -> None:
        """Let people fall silent."""
        await self._stop("chatter")

    def start_load(
        self, rate: float = 1000.0, channels: Sequence[str] = (), *, count: int | None = None
    ) -> None:
        """Send messages at a steady rate, up to about 10,000 a second; ``count`` ends it."""
        rooms = [self.room(channel) for channel in self._channels(channels)]
        seed = self.state.seed
        load = Load(self.state, self.parts.rooms, rooms, rate=rate, count=count, seed=seed)
        self._start("load", load.run())

    async def stop_load(self) -> None:
        """End the load."""
        await self._stop("load")

    async def until_load_ends(self) -> None:
        """Wait until a load with a count has sent everything."""
        task = self._running.get("load")
        if task is not None:
            await task

    def start_schedule(
        self, channels: Sequence[str] = (), *, live_s: float = 3600.0, offline_s: float = 0.0
    ) -> None:
        """Let streams come and go, with viewers that wander."""
        schedule = Schedule(
            self,
            self._channels(channels),
            live_s=live_s,
            offline_s=offline_s,
            seed=self.state.seed,
        )
        self._start("schedule", schedule.run())

    async def stop_schedule(self) -> None:
        """Leave all streams as they are."""
        await self._stop("schedule")

    async def stop_all(self) -> None:
        """End everything that runs in the background."""
        for name in list(self._running):
            await self._stop(name)

    def _channels(self, channels: Sequence[str]) -> list[str]:
        found = list(channels) or [room.login for room in self.state.world.rooms.values()]
        if not found:
            raise LookupError("there is no channel yet")
        return found

    def _start(self, name: str, doing: Coroutine[None, None, None]) -> None:
        if name in self._running and not self._running[name].done():
            doing.close()
            raise ValueError(f"the {name} is running already")
        self._running[name] = asyncio.create_task(doing, name=f"twitchsim {name}")

    async def _stop(self, name: str) -> None:
        task = self._running.pop(name, None)
        if task is None:
            return
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
