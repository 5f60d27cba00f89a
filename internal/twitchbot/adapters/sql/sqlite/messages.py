"""Storing messages: the rows, and their words for the search."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.message_rows import STORED_COLUMNS, values_of
from twitchbot.adapters.sql.search_words import indexed_words
from twitchbot.adapters.sql.sqlite.positions import free_position, position_of
from twitchbot.adapters.sql.sqlite.scopes import scope_text
from twitchbot.domain.message import NewMessage, StoredMessage

# Far below the 32,766 parameters that a statement may have.
_CHUNK = 5000

_INSERT = (
    f"INSERT INTO chat_messages (pos, {', '.join(STORED_COLUMNS)})"  # noqa: S608 (names of ours)
    f" VALUES (?{', ?' * len(STORED_COLUMNS)})"
)
_INDEX = "INSERT INTO chat_search (rowid, text, scope) VALUES (?, ?, ?)"
_UNINDEX = (
    "INSERT INTO chat_search (chat_search, rowid, text, scope)"
    " SELECT 'delete', pos, ?, ? FROM chat_messages WHERE id = ?"
)


async def insert(connection: AsyncConnection, messages: Sequence[NewMessage]) -> Collection[bytes]:
    """Store the messages whose keys are new and return those keys."""
    stored: set[bytes] = set()
    for start in range(0, len(messages), _CHUNK):
        stored |= await _insert_chunk(connection, messages[start : start + _CHUNK])
    return stored


async def forget_words(connection: AsyncConnection, message: StoredMessage) -> None:
    """Take a message out of the search index, which must be told the same words again."""
    texts = _texts(NewMessage(message.id.bytes, message.stream_id, message.message))
    await connection.exec_driver_sql(_UNINDEX, (*texts, message.id.bytes))


async def _insert_chunk(connection: AsyncConnection, messages: Sequence[NewMessage]) -> set[bytes]:
    first_of: dict[bytes, NewMessage] = {}
    for new in messages:
        first_of.setdefault(new.key, new)
    wanted = {key: position_of(key) for key in first_of}
    known, taken = await _known(connection, wanted)
    rows: list[tuple[Any, ...]] = []
    words: list[tuple[int, str, str]] = []
    for key, new in first_of.items():
        if key in known:
            continue
        position = wanted[key]
        if position in taken:
            position = await free_position(connection, position, taken)
        taken.add(position)
        rows.append((position, *values_of(new)))
        words.append((position, *_texts(new)))
    if rows:
        await connection.exec_driver_sql(_INSERT, rows)
        await connection.exec_driver_sql(_INDEX, words)
    return first_of.keys() - known


async def _known(
    connection: AsyncConnection, wanted: dict[bytes, int]
) -> tuple[set[bytes], set[int]]:
    """Return which of the ids are stored, and which of the positions are taken."""
    marks = ", ".join("?" * len(wanted))
    found = await connection.exec_driver_sql(
        f"SELECT id, NULL AS pos FROM chat_messages WHERE id IN ({marks})"  # noqa: S608 (marks only)
        f" UNION ALL SELECT NULL, pos FROM chat_messages WHERE pos IN ({marks})",
        (*wanted, *wanted.values()),
    )
    known: set[bytes] = set()
    taken: set[int] = set()
    for row in found:
        if row.id is None:
            taken.add(row.pos)
        else:
            known.add(row.id)
    return known, taken


def _texts(new: NewMessage) -> tuple[str, str]:
    return " ".join(indexed_words(new.message.text)), scope_text(new.stream_id, new.message)
