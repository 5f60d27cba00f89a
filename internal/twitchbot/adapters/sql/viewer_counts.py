"""How many stored messages each person has, per stream and in all: the rows behind all figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Table, and_, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import BulkInsert, Dialect
from twitchbot.adapters.sql.tables import viewer_streams, viewer_totals
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.tally import ViewerSighting

_CHAT_ONLY = CHAT_ONLY_STREAM_ID.bytes

_ADD_TO_STREAMS = BulkInsert(
    table=viewer_streams,
    columns=("twitch_id", "stream_id", "messages"),
    conflict=(
        "ON CONFLICT (twitch_id, stream_id)"
        " DO UPDATE SET messages = viewer_streams.messages + excluded.messages"
    ),
    returning=("twitch_id", "stream_id", "messages"),
)
_ADD_TO_TOTALS = BulkInsert(
    table=viewer_totals,
    columns=("twitch_id", "messages"),
    conflict=(
        "ON CONFLICT (twitch_id)"
        " DO UPDATE SET messages = viewer_totals.messages + excluded.messages"
    ),
    returning=("twitch_id", "messages"),
)


async def add_to_streams(
    connection: AsyncConnection, dialect: Dialect, sightings: Sequence[ViewerSighting]
) -> Mapping[str, int]:
    """Raise the counts per stream; return how many streams are new to whom, Chat-Only left out."""
    more = {
        (seen.twitch_id, stream_id.bytes): messages
        for seen in sightings
        for stream_id, messages in sorted(seen.streams.items())
    }
    rows = [(*key, messages) for key, messages in more.items()]
    counts = await dialect.insert_many(connection, _ADD_TO_STREAMS, rows)
    return Counter(
        twitch_id
        for twitch_id, stream_id, messages in counts
        if messages == more[twitch_id, stream_id] and stream_id != _CHAT_ONLY
    )


async def add_to_totals(
    connection: AsyncConnection, dialect: Dialect, sightings: Sequence[ViewerSighting]
) -> set[str]:
    """Raise the counts in all; return who had messages before."""
    more = {seen.twitch_id: sum(seen.streams.values()) for seen in sightings if seen.streams}
    counts = await dialect.insert_many(connection, _ADD_TO_TOTALS, list(more.items()))
    return {twitch_id for twitch_id, messages in counts if messages > more[twitch_id]}


async def take_away(
    connection: AsyncConnection, twitch_id: str, stream_id: UUID, messages: int
) -> bool:
    """Lower the counts, whose rows end with the last message; tell if the stream's one ended."""
    ended = await _lower(
        connection, viewer_streams, {"twitch_id": twitch_id, "stream_id": stream_id}, messages
    )
    await _lower(connection, viewer_totals, {"twitch_id": twitch_id}, messages)
    return ended


async def _lower(
    connection: AsyncConnection, table: Table, key: Mapping[str, object], messages: int
) -> bool:
    this = and_(*(table.c[name] == value for name, value in key.items()))
    lowered = update(table).where(this).values(messages=table.c.messages - messages)
    left = (await connection.execute(lowered.returning(table.c.messages))).scalar_one_or_none()
    if left is None or left > 0:
        return False
    await connection.execute(delete(table).where(this))
    return True
