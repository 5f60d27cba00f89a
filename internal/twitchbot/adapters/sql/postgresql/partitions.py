"""Partitions of `chat_messages`: one per week by id, because ids begin with the time.

What fits into none of them lies in the default partition. A week that is made later takes its
rows out of there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.domain.ids import first_id_at
from twitchbot.domain.unix_time import unix_ms

PREFIX = "chat_messages_"
_DEFAULT = "chat_messages_default"
_WEEK = timedelta(weeks=1)
_WEEKS_AHEAD = 4
# Two instances that start together must not make the same week twice.
_LOCK = 0x7477_6974_6368_7061


async def make_partitions(connection: AsyncConnection, now: datetime) -> None:
    """Make the partitions from last week to some weeks ahead."""
    await ensure_partitions(connection, now - _WEEK, now + _WEEKS_AHEAD * _WEEK)


async def ensure_partitions(connection: AsyncConnection, start: datetime, end: datetime) -> None:
    """Make the partitions that are missing from one instant to another."""
    wanted = {name_of(monday): monday for monday in _weeks(start, end)}
    if not wanted.keys() - await _existing(connection):
        return
    await connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    existing = await _existing(connection)
    for name, monday in wanted.items():
        if name not in existing:
            await _make(connection, name, monday)


def name_of(monday: datetime) -> str:
    """Return the name of a week's partition."""
    year, week, _ = monday.isocalendar()
    return f"{PREFIX}y{year}w{week:02}"


def _weeks(start: datetime, end: datetime) -> Iterator[datetime]:
    midnight = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=midnight.weekday())
    while monday <= end:
        yield monday
        monday += _WEEK


async def _existing(connection: AsyncConnection) -> set[str]:
    rows = await connection.exec_driver_sql(
        "SELECT inhrelid::regclass::text FROM pg_inherits"
        " WHERE inhparent = 'chat_messages'::regclass"
    )
    return set(rows.scalars())


async def _make(connection: AsyncConnection, name: str, monday: datetime) -> None:
    """Fill the table before it is attached, so that the default partition has none of its rows."""
    first, behind = (first_id_at(unix_ms(at)) for at in (monday, monday + _WEEK))
    for statement in (
        f"CREATE TABLE {name} (LIKE chat_messages INCLUDING DEFAULTS INCLUDING STORAGE)",
        f"WITH moved AS (DELETE FROM {_DEFAULT}"  # noqa: S608 (names and bounds of ours)
        f" WHERE id >= '{first}' AND id < '{behind}' RETURNING *)"
        f" INSERT INTO {name} SELECT * FROM moved",
        f"ALTER TABLE chat_messages ATTACH PARTITION {name}"
        f" FOR VALUES FROM ('{first}') TO ('{behind}')",
    ):
        await connection.exec_driver_sql(statement)
