"""Full-text search by FTS5, newest first because the row ids of the index are positions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Integer, Select, column, literal, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import Found, MessageScope
from twitchbot.adapters.sql.message_rows import first_ms
from twitchbot.adapters.sql.paging import Order, count, fetch_piece
from twitchbot.adapters.sql.search_words import query_words
from twitchbot.adapters.sql.sqlite.columns import position
from twitchbot.adapters.sql.sqlite.positions import first_position_at
from twitchbot.adapters.sql.sqlite.scopes import SHARED, scope_words
from twitchbot.adapters.sql.tables import chat_messages
from twitchbot.domain.page import PageRequest
from twitchbot.domain.search import SearchQuery, Term

_INDEX = table("chat_search", column("rowid", Integer))
_NEWEST_FIRST = Order((_INDEX.c.rowid,))


async def search(
    connection: AsyncConnection, query: SearchQuery, scope: MessageScope, page: PageRequest
) -> Found:
    """Return a page of the messages that match."""
    hits = _hits(query, scope)
    total = await count(connection, hits)
    found, after = await fetch_piece(connection, hits, _NEWEST_FIRST, page)
    rows = await connection.execute(
        select(chat_messages)
        .where(position.in_([row.rowid for row in found]))
        .order_by(position.desc())
    )
    return Found(rows=rows.all(), total=total, next=after)


def match_text(query: SearchQuery, scope: MessageScope) -> str:
    """Return the query in FTS5's own language, with every word quoted."""
    wanted = [f"text : {_quoted(term)}" for term in query.wanted]
    wanted += [f'scope : "{word}"' for word in scope_words(scope)]
    unwanted = [f"text : {_quoted(term)}" for term in query.excluded]
    if not scope.chosen.include_shared:
        unwanted.append(f'scope : "{SHARED}"')
    both = " AND ".join(wanted)
    return f"({both}) NOT ({' OR '.join(unwanted)})" if unwanted else both


def _hits(query: SearchQuery, scope: MessageScope) -> Select[tuple[int]]:
    matches = column("chat_search").op("MATCH")(literal(match_text(query, scope)))
    return select(_INDEX.c.rowid).where(matches, *_in_time(scope))


def _in_time(scope: MessageScope) -> Iterator[ColumnElement[bool]]:
    chosen = scope.chosen
    if chosen.sent_from is not None:
        yield _INDEX.c.rowid >= first_position_at(first_ms(chosen.sent_from))
    if chosen.sent_to is not None:
        yield _INDEX.c.rowid < first_position_at(first_ms(chosen.sent_to))


def _quoted(term: Term) -> str:
    words = " ".join(query_words(term)).replace('"', '""')
    return f'"{words}"*' if term.prefix else f'"{words}"'
