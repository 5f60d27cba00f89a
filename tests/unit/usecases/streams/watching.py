"""A simulated Twitch, our store and our clock, seen as one by the tests of the stream watcher."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from tests.support.fakes import FixedClock
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.stream import Stream
from twitchbot.usecases.ports.helix import Helix
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.stream_router import StreamRouter
from twitchbot.usecases.streams.watch_streams import WatchStreams
from twitchsim.room import Room
from twitchsim.server import TwitchSim

GRACE = timedelta(minutes=3)
A_ROUND = timedelta(seconds=30)


@dataclass
class Watching:
    """What a test of the stream watcher needs at hand."""

    sim: TwitchSim
    helix: Helix
    database: Database
    clock: FixedClock
    router: StreamRouter = field(default_factory=StreamRouter)

    def watcher(self, database: Database | None = None) -> WatchStreams:
        """Build a watcher, as each start of the service does."""
        return WatchStreams(database or self.database, self.helix, self.clock, self.router, GRACE)

    async def round(self, after: timedelta = A_ROUND) -> None:
        """Let the watcher do its next round."""
        self.pass_time(after)
        await self.watcher()()

    def pass_time(self, by: timedelta) -> None:
        """Let time pass for us and for Twitch."""
        self.clock.move(by)
        self.sim.advance(by.total_seconds())

    async def want(self, room: Room) -> None:
        """Sit in a channel whose id is known."""
        async with self.database.write() as uow:
            await uow.channels.want(room.login, self.clock.now())
            await uow.channels.record_joined(room.login, room.room_id, self.clock.now())

    async def unwant(self, room: Room) -> None:
        """Leave a channel."""
        async with self.database.write() as uow:
            await uow.channels.unwant(room.login, self.clock.now())

    async def streams(self, *, deleted: bool = False) -> list[Stream]:
        """Return all streams of channels, newest first."""
        chosen = DeletedFilter(include_deleted=deleted)
        async with self.database.read() as uow:
            page = await uow.streams.list(chosen, PageRequest(limit=100))
        return [stream for stream in page.items if stream.id != CHAT_ONLY_STREAM_ID]

    async def only_stream(self) -> Stream:
        """Return the one stream there is."""
        (stream,) = await self.streams()
        return stream

    async def titles(self, stream: Stream) -> list[str]:
        """Return the titles that a stream had, oldest first."""
        async with self.database.read() as uow:
            return [change.title for change in await uow.streams.changes(stream.id)]

    async def save(self, stream: Stream) -> None:
        """Write a changed stream back."""
        async with self.database.write() as uow:
            await uow.streams.update(stream)

    def route(self, room: Room) -> UUID:
        """Return the stream that a channel's messages go to."""
        return self.router.stream_of(room.room_id)
