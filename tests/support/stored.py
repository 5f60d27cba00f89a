"""What is in a database, read beside the service that writes it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL

from tests.support.waiting import eventually
from twitchbot.adapters.sql.dialect import sync_url


def rows(url: URL, statement: str) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    engine = create_engine(sync_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(statement)).mappings()]


def message_ids(url: URL) -> list[str]:
    """Return Twitch's ids of all stored messages; an id that stands there twice comes twice."""
    return [row["message_id"] for row in rows(url, "SELECT message_id FROM chat_messages")]


async def until_stored(url: URL, ids: Collection[str], deadline_s: float = 10.0) -> None:
    """Wait until these messages are stored."""
    wanted = set(ids)

    async def are_stored() -> bool:
        return wanted <= set(await asyncio.to_thread(message_ids, url))

    await eventually(are_stored, deadline_s)
