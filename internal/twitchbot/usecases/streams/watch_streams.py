"""Follow which channels are live: open sessions, sample their viewers, end them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twitchbot.domain.channel import Channel
from twitchbot.domain.errors import (
    MissingScopeError,
    StreamAlreadyActiveError,
    TokenRejectedError,
    UnavailableError,
)
from twitchbot.domain.stream import LiveStream, Stream
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.helix import Helix
from twitchbot.usecases.ports.unit_of_work import Database, Repositories
from twitchbot.usecases.streams.live_session import (
    continued,
    ended_offline,
    is_another_broadcast,
    last_seen_live,
    may_reopen,
    opened,
)
from twitchbot.usecases.streams.stream_router import StreamRouter

log = logging.getLogger(__name__)


@dataclass(slots=True, frozen=True)
class WatchStreams:
    """Bring sessions in line with what Helix lists, in one round over all channels.

    Wanted channels are watched, and those with an active session even when nobody wants them any
    more, so that each session ends when its broadcast does. When Helix does not answer, the round
    is skipped: nothing ends because we could not ask. `grace` is how long a channel must be off
    the list before its session ends; its beginning is stored, so that a restart does not renew it.
    """

    database: Database
    helix: Helix
    clock: Clock
    router: StreamRouter
    grace: timedelta

    async def __call__(self) -> None:
        """Do one round.

        Raises:
            UnavailableError: Helix does not answer or refuses us; the message says why.
        """
        async with self.database.read() as uow:
            wanted = await uow.channels.wanted()
            active = await uow.streams.active()
        sessions = {stream.channel_id: stream for stream in active if stream.channel_id}
        try:
            channel_ids = await self._ids_of(wanted) | sessions.keys()
            live = await self._live(channel_ids)
        except (TokenRejectedError, MissingScopeError) as refused:
            raise UnavailableError(refused.message, retry_after_s=60.0) from refused
        for channel_id in sorted(channel_ids):
            await self._follow(sessions.get(channel_id), live.get(channel_id))
        await self._refresh_router()

    async def _ids_of(self, wanted: Sequence[Channel]) -> set[str]:
        unknown = [channel.login for channel in wanted if not channel.channel_id]
        found = await self.helix.user_ids(unknown) if unknown else {}
        if found:
            async with self.database.write() as uow:
                for login, channel_id in sorted(found.items()):
                    await uow.channels.record_id(login, channel_id, self.clock.now())
        known = {channel.channel_id for channel in wanted if channel.channel_id}
        return known | set(found.values())

    async def _live(self, channel_ids: set[str]) -> Mapping[str, LiveStream]:
        if not channel_ids:
            return {}
        return {live.channel_id: live for live in await self.helix.live_streams(channel_ids)}

    async def _follow(self, session: Stream | None, live: LiveStream | None) -> None:
        if live is not None:
            await self._see_live(session, live)
        elif session is not None and session.twitch_stream_id:
            await self._see_offline(session)

    async def _see_live(self, session: Stream | None, live: LiveStream) -> None:
        now = self.clock.now()
        try:
            async with self.database.write() as uow:
                current = await self._go_on(uow, session, live, now)
                if current is None:
                    return
                await uow.streams.add_sample(current.id, now, live.viewer_count)
        except StreamAlreadyActiveError:
            log.info("stream created meanwhile", extra={"channel": live.channel})
            return
        self.router.open(current)

    async def _go_on(
        self, uow: Repositories, session: Stream | None, live: LiveStream, now: datetime
    ) -> Stream | None:
        """Return the session that the broadcast belongs to; None if it shall have none."""
        if session is None:
            return await self._begin(uow, live, now)
        current = await uow.streams.get(session.id, for_update=True)
        if current is None or not current.is_active:
            return None  # ended by somebody since the round began; the next one sees what to do
        if not is_another_broadcast(current, live, self.grace):
            return await _continue(uow, current, live, now)
        await uow.streams.update(ended_offline(current, last_seen_live(current), now))
        return await self._begin(uow, live, now)

    async def _begin(self, uow: Repositories, live: LiveStream, now: datetime) -> Stream | None:
        earlier = await uow.streams.last_of(live.channel_id, live.twitch_stream_id)
        if earlier is not None:
            return await _continue(uow, earlier, live, now) if may_reopen(earlier) else None
        stream = opened(live, now)
        await uow.streams.add(stream)
        await uow.streams.add_change(stream.id, stream.as_change())
        log.info("stream began", extra={"channel": live.channel, "stream_id": str(stream.id)})
        return stream

    async def _see_offline(self, session: Stream) -> None:
        now = self.clock.now()
        if session.offline_since is not None and now - session.offline_since < self.grace:
            return
        async with self.database.write() as uow:
            current = await uow.streams.get(session.id, for_update=True)
            if current is None or not current.is_active:
                return
            changed = _left(current, now)
            await uow.streams.update(changed)
        if not changed.is_active:
            self.router.close(changed)
            log.info(
                "stream ended", extra={"channel": session.channel, "stream_id": str(session.id)}
            )

    async def _refresh_router(self) -> None:
        revision = self.router.revision
        async with self.database.read() as uow:
            active = await uow.streams.active()
        self.router.replace(active, revision)


async def _continue(uow: Repositories, session: Stream, live: LiveStream, now: datetime) -> Stream:
    current = continued(session, live, now)
    await uow.streams.update(current)
    if not current.reads_like(session):
        await uow.streams.add_change(current.id, current.as_change())
    return current


def _left(session: Stream, now: datetime) -> Stream:
    """Return a session that Helix does not list: noted the first time, ended after the grace."""
    if session.offline_since is None:
        return replace(session, offline_since=now, updated_at=now)
    return ended_offline(session, session.offline_since, now)
