"""Many rows by one parameter: the server unpacks a JSON array into a set of records.

That is the fastest way that can pass over rows which are there already, and one statement stays
prepared whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import BigInteger, Boolean, Integer, Text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from twitchbot.adapters.sql.dialect import BulkInsert
from twitchbot.adapters.sql.types import Key, UtcTime
from twitchbot.domain.errors import BadRowError

_TIME = "float8"
# BigInteger before Integer, which it is a kind of.
_KINDS: Mapping[type[TypeEngine[Any]], str] = {
    Key: "uuid",
    UtcTime: _TIME,
    Text: "text",
    BigInteger: "bigint",
    Integer: "integer",
    Boolean: "boolean",
}


async def insert_many(
    connection: AsyncConnection, into: BulkInsert, rows: Sequence[tuple[Any, ...]]
) -> Sequence[Sequence[Any]]:
    """Run a bulk insert and return what it returns, as plain values."""
    if not rows:
        return []
    result = await connection.exec_driver_sql(_insert_text(into), (_records(into.columns, rows),))
    return result.all() if into.returning else []


def _records(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    try:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        return orjson.dumps(records, default=bytes.hex).decode()
    except TypeError as error:
        raise BadRowError("a row holds text that is no Unicode") from error


@cache
def _insert_text(into: BulkInsert) -> str:
    kinds = {name: _kind(into, name) for name in into.columns}
    records = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    values = ", ".join(
        f"to_timestamp(x.{name} / 1000000)" if kind == _TIME else f"x.{name}"
        for name, kind in kinds.items()
    )
    text = (
        f"INSERT INTO {into.table.name} ({', '.join(kinds)})"  # noqa: S608 (names of ours)
        f" SELECT {values} FROM json_to_recordset(%s) AS x({records}) {into.conflict}"
    )
    if not into.returning:
        return text
    return f"{text} RETURNING {', '.join(_plain(name, kinds[name]) for name in into.returning)}"


def _plain(name: str, kind: str) -> str:
    """Let the server return what the driver need not turn into objects."""
    match kind:
        case "uuid":
            return f"uuid_send({name})"
        case "float8":
            return f"(extract(epoch FROM {name}) * 1000000)::bigint"
    return name


def _kind(into: BulkInsert, name: str) -> str:
    if name not in into.table.c:
        return "tsvector"  # the one kind of column that only this database has
    column_type = into.table.c[name].type
    return next(kind for known, kind in _KINDS.items() if isinstance(column_type, known))
