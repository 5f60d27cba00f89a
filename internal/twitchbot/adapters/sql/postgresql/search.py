"""Full-text search by a stored tsvector and its GIN index."""

from __future__ import annotations

from sqlalchemy import column, literal, select
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import Dialect, Found, MessageScope
from twitchbot.adapters.sql.message_rows import conditions
from twitchbot.adapters.sql.paging import Order, count, fetch_piece
from twitchbot.adapters.sql.postgresql.lexemes import query_text
from twitchbot.adapters.sql.tables import chat_messages as t
from twitchbot.domain.page import PageRequest
from twitchbot.domain.search import SearchQuery

_SEARCH = column("search", TSVECTOR, _selectable=t)
_NEWEST_FIRST = Order((t.c.id,))


async def search(
    connection: AsyncConnection,
    dialect: Dialect,
    query: SearchQuery,
    scope: MessageScope,
    page: PageRequest,
) -> Found:
    """Return a page of the messages that match."""
    matches = _SEARCH.op("@@")(literal(query_text(query)).cast(TSQUERY))
    rows = select(t).where(matches, t.c.deleted_at.is_(None), *conditions(scope, dialect))
    total = await count(connection, rows)
    found, after = await fetch_piece(connection, rows, _NEWEST_FIRST, page)
    return Found(rows=found, total=total, next=after)
