"""The baseline of searching: look at every row, newest first, until a page is full."""

from __future__ import annotations

import sqlite3
import time
from types import TracebackType
from typing import Any, Self

import psycopg
from sqlalchemy.engine import URL

from benchmarks.databases import SQLITE, libpq_url
from benchmarks.search_questions import Question


class Scan:
    """A connection of the bare driver."""

    def __init__(self, url: URL) -> None:
        self._is_sqlite = url.get_backend_name() == SQLITE
        self._connection: Any = (
            sqlite3.connect(url.database or "")
            if self._is_sqlite
            else psycopg.connect(libpq_url(url), options="-c jit=off")
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def milliseconds(self, question: Question, limit: int, deep_rows: int) -> float:
        """Return how long a question takes."""
        mark, newest = ("?", "pos") if self._is_sqlite else ("%s", "id")
        conditions = ["deleted_at IS NULL", "source_channel_id = ''"]
        conditions += [f"text LIKE {mark}" for _ in question.contains]
        values = [f"%{text}%" for text in question.contains]
        if question.channel_id:
            conditions.append(f"channel_id = {mark}")
            values.append(question.channel_id)
        statement = (
            f"SELECT * FROM chat_messages WHERE {' AND '.join(conditions)}"  # noqa: S608 (names of ours)
            f" ORDER BY {newest} DESC LIMIT {limit} OFFSET {deep_rows if question.is_deep else 0}"
        )
        started = time.perf_counter()
        self._connection.execute(statement, values).fetchall()
        return (time.perf_counter() - started) * 1000
