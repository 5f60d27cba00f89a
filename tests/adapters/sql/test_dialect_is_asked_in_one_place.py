"""No file outside the dialect's own asks which database it talks to."""

from __future__ import annotations

import re
from pathlib import Path

import twitchbot.adapters.sql

ROOM = Path(twitchbot.adapters.sql.__file__).parent
# The dialect's own files, the column types, and the tables' partial indexes (one keyword each).
MAY_ASK = {"dialect.py", "types.py", "tables.py", "engine.py", "migration_lock.py"}
FOLDERS = {"sqlite", "postgresql"}
QUESTION = re.compile(
    r"dialect\.name|is_sqlite|[\"'](sqlite|postgresql)[\"']|dialects\.(sqlite|postgresql)"
)


def test_nobody_else_asks_for_the_dialect() -> None:
    asking = {
        str(path.relative_to(ROOM))
        for path in ROOM.rglob("*.py")
        if QUESTION.search(path.read_text()) and path.relative_to(ROOM).parts[0] not in FOLDERS
    }

    assert asking <= MAY_ASK


def test_neither_database_knows_the_other() -> None:
    strangers = {"sqlite": "postgresql", "postgresql": "sqlite"}

    for folder, stranger in strangers.items():
        for path in (ROOM / folder).glob("*.py"):
            assert f"adapters.sql.{stranger}" not in path.read_text(), path
