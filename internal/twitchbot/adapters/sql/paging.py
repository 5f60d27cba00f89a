"""Pieces of a list: after a place in it (keyset), or after a number of rows (offset)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.types import Key, UtcTime
from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.page import Cursor, Page, PageRequest
from twitchbot.domain.unix_time import EPOCH, unix_us

T = TypeVar("T")

# Beyond what either database takes as an offset, no list has rows.
_MAX_OFFSET = 2**62


@dataclass(slots=True, frozen=True)
class Order:
    """Columns that a list is sorted by, all in one direction, together unique."""

    columns: tuple[ColumnElement[Any], ...]
    descending: bool = True

    def apply(self, rows: Select[Any]) -> Select[Any]:
        """Sort a query, and let it return the columns that a cursor is made of."""
        columns = [column.desc() if self.descending else column for column in self.columns]
        marks = [column.label(f"mark_{at}") for at, column in enumerate(self.columns)]
        return rows.add_columns(*marks).order_by(*columns)

    def after(self, cursor: Cursor) -> ColumnElement[bool]:
        """Build the condition that a row comes later than a place."""
        place = tuple_(
            *(
                literal(_from_cursor(value, column), column.type)
                for value, column in zip(cursor, self.columns, strict=True)
            )
        )
        here = tuple_(*self.columns)
        return here < place if self.descending else here > place

    def cursor_of(self, row: Row[Any]) -> Cursor:
        """Return the place of a row."""
        return tuple(_to_cursor(value) for value in row[-len(self.columns) :])


async def fetch_piece(
    connection: AsyncConnection, rows: Select[Any], order: Order, page: PageRequest
) -> tuple[list[Row[Any]], Cursor | None]:
    """Return the rows of a piece, and where it ends if there are more."""
    query = order.apply(rows).limit(page.limit + 1)
    if page.after is not None:
        query = query.where(_after(order, page.after))
    elif page.offset:
        query = query.offset(min(page.offset, _MAX_OFFSET))
    found = list(await connection.execute(query))
    if len(found) <= page.limit:
        return found, None
    found.pop()
    return found, order.cursor_of(found[-1]) if found else None


async def fetch_page(
    connection: AsyncConnection,
    rows: Select[Any],
    order: Order,
    page: PageRequest,
    to_domain: Callable[[Row[Any]], T],
) -> Page[T]:
    """Return a piece of a list and how many rows the whole list has."""
    total = await count(connection, rows)
    found, after = await fetch_piece(connection, rows, order, page)
    return Page(items=[to_domain(row) for row in found], total=total, next=after)


async def count(connection: AsyncConnection, rows: Select[Any]) -> int:
    """Count the rows that a query without limit returns."""
    counted = rows.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return int((await connection.execute(counted)).scalar_one())


def _after(order: Order, cursor: Cursor) -> ColumnElement[bool]:
    try:
        return order.after(cursor)
    except (ValueError, TypeError, OverflowError) as error:
        raise InvalidInputError("page_token", "does not belong to this list") from error


def _to_cursor(value: Any) -> str | int:
    match value:
        case datetime():
            return unix_us(value)
        case UUID():
            return value.hex
        case int() | str():
            return value
    raise TypeError(f"a list cannot be sorted by a {type(value).__name__}")


def _from_cursor(value: str | int, column: ColumnElement[Any]) -> object:
    match column.type, value:
        case UtcTime(), int():
            return EPOCH + timedelta(microseconds=value)
        case Key(), str():
            return UUID(hex=value)
        case ((UtcTime() | Key()), _):
            raise TypeError("the cursor's value has another type than the column")
    return value
