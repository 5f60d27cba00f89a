"""Writing down who was seen: the rows of viewers, refreshed by the batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql import viewer_counts
from twitchbot.adapters.sql.dialect import BulkInsert, Dialect
from twitchbot.adapters.sql.tables import viewer_streams, viewer_totals
from twitchbot.adapters.sql.tables import viewers as t
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_keys
from twitchbot.domain.tally import ViewerSighting

_COLUMNS = (
    "id",
    "twitch_id",
    "username",
    "display_name",
    "total_messages",
    "total_streams_watched",
    "first_seen",
    "last_seen",
    "created_at",
    "updated_at",
)
_FIRST_SEEN = _COLUMNS.index("first_seen")

_RECORD = BulkInsert(
    table=t,
    columns=_COLUMNS,
    conflict="""
        ON CONFLICT (twitch_id) WHERE deleted_at IS NULL DO UPDATE SET
        username = CASE WHEN excluded.last_seen >= viewers.last_seen AND excluded.username <> ''
            THEN excluded.username ELSE viewers.username END,
        display_name = CASE WHEN excluded.last_seen >= viewers.last_seen
            AND excluded.display_name <> ''
            THEN excluded.display_name ELSE viewers.display_name END,
        total_messages = viewers.total_messages + excluded.total_messages,
        last_seen = CASE WHEN excluded.last_seen > viewers.last_seen
            THEN excluded.last_seen ELSE viewers.last_seen END,
        updated_at = excluded.updated_at""",
    returning=("id", "twitch_id", "first_seen"),
)
# What seldom changes is set for the few rows where it does: SQLite writes the index of a column
# again whenever the column is set, even to the same value.
_RECORD_RARITIES = BulkInsert(
    table=t,
    columns=_COLUMNS,
    conflict="""
        ON CONFLICT (twitch_id) WHERE deleted_at IS NULL DO UPDATE SET
        total_streams_watched = viewers.total_streams_watched + excluded.total_streams_watched,
        first_seen = CASE WHEN excluded.first_seen < viewers.first_seen
            THEN excluded.first_seen ELSE viewers.first_seen END""",
)


async def record(
    connection: AsyncConnection, dialect: Dialect, sightings: Sequence[ViewerSighting], now_us: int
) -> None:
    """Raise the counts of people seen, then insert or refresh their rows."""
    new_streams = await viewer_counts.add_to_streams(connection, dialect, sightings)
    wrote_before = await viewer_counts.add_to_totals(connection, dialect, sightings)
    rows = {
        seen.twitch_id: _row(key, seen, new_streams.get(seen.twitch_id, 0), now_us)
        for key, seen in zip(new_keys(len(sightings)), sightings, strict=True)
    }
    returning_people: list[bytes] = []
    rarities: list[tuple[Any, ...]] = []
    for key, twitch_id, first_us in await dialect.insert_many(
        connection, _RECORD, [*rows.values()]
    ):
        row = rows[twitch_id]
        if key == row[0]:
            if twitch_id in wrote_before:
                returning_people.append(key)
        elif twitch_id in new_streams or row[_FIRST_SEEN] < first_us:
            rarities.append(row)
    await dialect.insert_many(connection, _RECORD_RARITIES, rarities)
    await _count_again(connection, returning_people)


def _row(key: bytes, seen: ViewerSighting, new_streams: int, now_us: int) -> tuple[Any, ...]:
    return (
        key,
        seen.twitch_id,
        seen.username,
        seen.display_name,
        sum(seen.streams.values()),
        new_streams,
        seen.first_ms * 1000,
        seen.last_ms * 1000,
        now_us,
        now_us,
    )


async def _count_again(connection: AsyncConnection, keys: Sequence[bytes]) -> None:
    """Count all messages of people whose new row follows a deleted one."""
    if not keys:
        return
    messages = select(viewer_totals.c.messages).where(viewer_totals.c.twitch_id == t.c.twitch_id)
    streams = select(func.count()).where(
        viewer_streams.c.twitch_id == t.c.twitch_id,
        viewer_streams.c.stream_id != CHAT_ONLY_STREAM_ID,
    )
    await connection.execute(
        update(t)
        .where(t.c.id.in_([UUID(bytes=key) for key in keys]))
        .values(
            total_messages=messages.scalar_subquery(),
            total_streams_watched=streams.scalar_subquery(),
        )
    )
