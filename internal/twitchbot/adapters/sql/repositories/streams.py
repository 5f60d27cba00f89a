"""Streams, with the history of their titles and their viewer samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.deleted import deleted_condition
from twitchbot.adapters.sql.dialect import Dialect
from twitchbot.adapters.sql.paging import Order, fetch_page
from twitchbot.adapters.sql.tables import stream_changes, viewer_samples, viewer_streams
from twitchbot.adapters.sql.tables import streams as t
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.domain.stream import EndedReason, Stream, StreamChange, StreamStats
from twitchbot.usecases.ports.repositories import StreamRepository

_NEWEST_FIRST = Order((t.c.started_at, t.c.id))
_MAX_CHANGES = 1000


@dataclass(slots=True, frozen=True)
class SqlStreamRepository(StreamRepository):
    """Streams in the table `streams`."""

    connection: AsyncConnection
    dialect: Dialect

    async def add(self, stream: Stream) -> None:
        """Insert a row."""
        await self.connection.execute(insert(t).values(to_row(stream)))

    async def get(self, stream_id: UUID, *, for_update: bool = False) -> Stream | None:
        """Select by id."""
        rows = select(t).where(t.c.id == stream_id, t.c.deleted_at.is_(None))
        return await self._first(rows.with_for_update() if for_update else rows)

    async def list(
        self,
        deleted: DeletedFilter,
        page: PageRequest,
        *,
        only_active: bool = False,
        game_name: str = "",
        channel: str = "",
    ) -> Page[Stream]:
        """Select by what is given."""
        rows = select(t).where(deleted_condition(t, deleted))
        if only_active:
            rows = rows.where(t.c.ended_at.is_(None))
        if game_name:
            rows = rows.where(t.c.game_key == game_name.casefold())
        if channel:
            rows = rows.where(t.c.channel == channel)
        return await fetch_page(self.connection, rows, _NEWEST_FIRST, page, to_domain)

    async def active(self) -> Sequence[Stream]:
        """Select what has not ended."""
        rows = select(t).where(
            t.c.ended_at.is_(None), t.c.deleted_at.is_(None), t.c.id != CHAT_ONLY_STREAM_ID
        )
        found = await self.connection.execute(_newest_first(rows))
        return [to_domain(row) for row in found]

    async def last_of(self, channel_id: str, twitch_stream_id: str) -> Stream | None:
        """Select the newest with both ids, deleted or not."""
        rows = select(t).where(
            t.c.channel_id == channel_id,
            t.c.twitch_stream_id == twitch_stream_id,
        )
        return await self._first(_newest_first(rows).limit(1))

    async def update(self, stream: Stream) -> None:
        """Update all columns but the id, the message count and the creation."""
        row = to_row(stream)
        for kept in ("id", "total_messages", "created_at"):
            del row[kept]
        await self.connection.execute(update(t).where(t.c.id == stream.id).values(row))

    async def add_messages(self, counts: Mapping[UUID, int]) -> None:
        """Add to the counts, one row after the other in the order given."""
        if not counts:
            return
        raised = update(t).where(t.c.id == bindparam("stream"))
        await self.connection.execute(
            raised.values(total_messages=t.c.total_messages + bindparam("more")),
            [{"stream": stream_id, "more": count} for stream_id, count in counts.items()],
        )

    async def add_change(self, stream_id: UUID, change: StreamChange) -> None:
        """Insert a row into the history."""
        await self.connection.execute(
            insert(stream_changes).values(
                stream_id=stream_id,
                changed_at=change.changed_at,
                title=change.title,
                game_name=change.game_name,
                game_id=change.game_id,
            )
        )

    async def changes(self, stream_id: UUID) -> Sequence[StreamChange]:
        """Select the history from its end, and turn it round."""
        c = stream_changes.c
        newest = select(c.changed_at, c.title, c.game_name, c.game_id)
        newest = newest.where(c.stream_id == stream_id).order_by(c.id.desc()).limit(_MAX_CHANGES)
        found = await self.connection.execute(newest)
        return [
            StreamChange(
                changed_at=row.changed_at,
                title=row.title,
                game_name=row.game_name,
                game_id=row.game_id,
            )
            for row in reversed(found.all())
        ]

    async def add_sample(self, stream_id: UUID, at: datetime, viewers: int) -> None:
        """Insert a sample, then bring the stream's figures in line with all of them."""
        sample = {"stream_id": stream_id, "at": at, "viewers": viewers}
        await self.connection.execute(
            self.dialect.upsert(viewer_samples, sample, key=("stream_id", "at"))
        )
        figures = await self._viewer_figures(stream_id)
        if figures is not None:
            peak, average = figures
            changed = update(t).where(t.c.id == stream_id)
            await self.connection.execute(
                changed.values(peak_viewers=peak, average_viewers=average, updated_at=at)
            )

    async def stats(self, stream_id: UUID, now: datetime) -> StreamStats | None:
        """Select figures from the samples and from the counts per viewer."""
        stream = await self.get(stream_id)
        if stream is None:
            return None
        figures = await self._viewer_figures(stream_id)
        peak, average = figures or (stream.peak_viewers, stream.average_viewers)
        people = select(func.count()).where(viewer_streams.c.stream_id == stream_id)
        unique = (await self.connection.execute(people)).scalar_one()
        lasted = (stream.ended_at or now) - stream.started_at
        return StreamStats(
            peak_viewers=peak,
            average_viewers=average,
            total_messages=stream.total_messages,
            unique_viewers=unique,
            duration_seconds=max(0, int(lasted.total_seconds())),
        )

    async def _viewer_figures(self, stream_id: UUID) -> tuple[int, int] | None:
        """Return maximum and mean of the samples, the mean rounded to whole viewers."""
        c = viewer_samples.c
        figures = select(func.count(), func.max(c.viewers), func.sum(c.viewers))
        row = (await self.connection.execute(figures.where(c.stream_id == stream_id))).one()
        samples, peak, together = row
        if not samples:
            return None
        return peak, (2 * int(together) + samples) // (2 * samples)

    async def _first(self, rows: Select[Any]) -> Stream | None:
        row = (await self.connection.execute(rows)).first()
        return to_domain(row) if row else None


def to_row(stream: Stream) -> dict[str, Any]:
    """Return the row of a stream."""
    return {
        "id": stream.id,
        "channel_id": stream.channel_id,
        "channel": stream.channel,
        "twitch_stream_id": stream.twitch_stream_id,
        "title": stream.title,
        "game_name": stream.game_name,
        "game_key": stream.game_name.casefold(),
        "game_id": stream.game_id,
        "started_at": stream.started_at,
        "ended_at": stream.ended_at,
        "ended_reason": stream.ended_reason,
        "offline_since": stream.offline_since,
        "peak_viewers": stream.peak_viewers,
        "average_viewers": stream.average_viewers,
        "total_messages": stream.total_messages,
        "created_at": stream.created_at,
        "updated_at": stream.updated_at,
        "deleted_at": stream.deleted_at,
    }


def to_domain(row: Row[Any]) -> Stream:
    """Return the stream of a row."""
    return Stream(
        id=row.id,
        channel_id=row.channel_id,
        channel=row.channel,
        twitch_stream_id=row.twitch_stream_id,
        title=row.title,
        game_name=row.game_name,
        game_id=row.game_id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ended_reason=EndedReason(row.ended_reason) if row.ended_reason else None,
        offline_since=row.offline_since,
        peak_viewers=row.peak_viewers,
        average_viewers=row.average_viewers,
        total_messages=row.total_messages,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def _newest_first(rows: Select[Any]) -> Select[Any]:
    return rows.order_by(t.c.started_at.desc(), t.c.id.desc())
