"""Storing messages: rows with their words for the search, in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import BulkInsert
from twitchbot.adapters.sql.message_rows import STORED_COLUMNS, values_of
from twitchbot.adapters.sql.postgresql import bulk
from twitchbot.adapters.sql.postgresql.lexemes import vector_text
from twitchbot.adapters.sql.tables import chat_messages
from twitchbot.domain.message import NewMessage

_INSERT = BulkInsert(
    table=chat_messages,
    columns=(*STORED_COLUMNS, "search"),
    conflict="ON CONFLICT DO NOTHING",
    returning=("id",),
)


async def insert(connection: AsyncConnection, messages: Sequence[NewMessage]) -> Collection[bytes]:
    """Store the messages whose keys are new and return those keys."""
    rows = [(*values_of(new), vector_text(new.message.text)) for new in messages]
    return {row[0] for row in await bulk.insert_many(connection, _INSERT, rows)}
