"""The row id of a message: its place in time.

The id of a message is a UUIDv7, whose order is time and then chance. The position keeps the time
in ms and the first 21 of the random bits, so it sorts as the id does. In the rare case that two
messages of one ms agree in these bits, the later one takes the next free position.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

BITS = 21
# A row id has 63 bits: what claims to be from after the year 2109 is sorted there.
_LAST_MS = (1 << 63 - BITS) - 1
_PROBES = 256


def position_of(key: bytes) -> int:
    """Return the place that an id asks for."""
    number = int.from_bytes(key)
    # 48 bits of time, 4 of version, 12 random ones, 2 of variant, then the other random ones.
    first, more = number >> 64 & 0xFFF, number >> 53 & 0x1FF
    return min(number >> 80, _LAST_MS) << BITS | first << 9 | more


def first_position_at(unix_ms: int) -> int:
    """Return the smallest position of a ms."""
    return max(0, min(unix_ms, _LAST_MS)) << BITS


async def free_position(connection: AsyncConnection, wanted: int, taken: Collection[int]) -> int:
    """Return the first position from a wanted one on that nobody has."""
    start = wanted
    while True:
        rows = await connection.exec_driver_sql(
            "SELECT pos FROM chat_messages WHERE pos >= ? AND pos < ?", (start, start + _PROBES)
        )
        used = {*rows.scalars(), *taken}
        for position in range(start, start + _PROBES):
            if position not in used:
                return position
        start += _PROBES
