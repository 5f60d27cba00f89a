"""Many rows by one parameter: the server unpacks a JSON array into a set of records.

That is the fastest way that can pass over rows which are there already, and one statement stays
prepared whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_VECTOR = "tsvector"
# BigInteger before Integer, which it is a kind of.
_KINDS: Mapping[type[TypeEngine[Any]], str] = {
    Key: "uuid",
    UtcTime: _TIME,
    Text: "text",
    BigInteger: "bigint",
    Integer: "integer",
    Boolean: "boolean",
}
# What stands for a value that was left out because it is empty, false or zero.
_ABSENT = {_TIME: "0", "text": "''", "bigint": "0", "integer": "0", "boolean": "false"}


async def insert_many(
    connection: AsyncConnection, into: BulkInsert, rows: Sequence[tuple[Any, ...]]
) -> Sequence[Sequence[Any]]:
    """Run a bulk insert and return what it returns, as plain values."""
    if not rows:
        return []
    statement = _statement(into)
    result = await connection.exec_driver_sql(statement.text, (_records(into, statement, rows),))
    return result.all() if into.returning else []


@dataclass(slots=True, frozen=True)
class _Statement:
    """The SQL of a bulk insert, and the columns whose values are sent even when empty."""

    text: str
    always_sent: frozenset[str]


def _records(into: BulkInsert, statement: _Statement, rows: Sequence[tuple[Any, ...]]) -> str:
    """Return the rows as JSON. Most values of a message are empty, and parsing them is dear."""
    always_sent = statement.always_sent
    records = [
        {
            name: value
            for name, value in zip(into.columns, row, strict=True)
            if value or name in always_sent
        }
        for row in rows
    ]
    try:
        return orjson.dumps(records, default=bytes.hex).decode()
    except TypeError as error:
        raise BadRowError("a row holds text that is no Unicode, or a number too large") from error


@cache
def _statement(into: BulkInsert) -> _Statement:
    kinds = {name: _kind(into, name) for name in into.columns}
    nullable = frozenset(column.name for column in into.table.c if column.nullable)
    records = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    values = ", ".join(
        _value(name, kind, required=name not in nullable) for name, kind in kinds.items()
    )
    text = (
        f"INSERT INTO {into.table.name} ({', '.join(kinds)})"  # noqa: S608 (names of ours)
        f" SELECT {values} FROM json_to_recordset(%s) AS x({records}) {into.conflict}"
    )
    if into.returning:
        text += f" RETURNING {', '.join(_plain(name, kinds[name]) for name in into.returning)}"
    return _Statement(text, nullable)


def _kind(into: BulkInsert, name: str) -> str:
    if name not in into.table.c:
        return _VECTOR  # the one kind of column that only this database has
    column_type = into.table.c[name].type
    return next(kind for known, kind in _KINDS.items() if isinstance(column_type, known))


def _value(name: str, kind: str, *, required: bool) -> str:
    value = f"x.{name}"
    if required and kind in _ABSENT:
        value = f"coalesce({value}, {_ABSENT[kind]})"
    return f"to_timestamp({value} / 1000000)" if kind == _TIME else value


def _plain(name: str, kind: str) -> str:
    """Let the server return what the driver need not turn into objects."""
    match kind:
        case "uuid":
            return f"uuid_send({name})"
        case "float8":
            return f"(extract(epoch FROM {name}) * 1000000)::bigint"
    return name
