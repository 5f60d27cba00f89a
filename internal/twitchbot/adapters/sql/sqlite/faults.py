"""What SQLite's errors mean."""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy import Index, UniqueConstraint

from twitchbot.adapters.sql.dialect import Fault
from twitchbot.adapters.sql.errors import FOREIGN_KEY
from twitchbot.adapters.sql.tables import metadata

# The low byte is the primary result code, the rest tells more of the same.
_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
_BAD_ROW = {sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}
_UNIQUE_TEXT = re.compile(r"UNIQUE constraint failed: (?:index '(?P<index>\w+)'|(?P<columns>.+))")


def _names_by_columns() -> dict[str, str]:
    names = {}
    for table in metadata.tables.values():
        unique: list[Index | UniqueConstraint] = [index for index in table.indexes if index.unique]
        unique += [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        for rule in unique:
            names[", ".join(str(column) for column in rule.columns)] = str(rule.name)
    return names


_NAMES_BY_COLUMNS = _names_by_columns()


def fault_of(error: BaseException) -> Fault:
    """Tell what kind of trouble an error is."""
    if isinstance(error, (UnicodeEncodeError, OverflowError, sqlite3.DataError)):
        return Fault.BAD_ROW
    if isinstance(error, sqlite3.IntegrityError):
        return Fault.CONSTRAINT
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return Fault.OTHER
    if code & 0xFF in _AWAY:
        return Fault.AWAY
    return Fault.BAD_ROW if code & 0xFF in _BAD_ROW else Fault.OTHER


def constraint_of(error: BaseException) -> str:
    """Find the violated constraint's name, of which SQLite often tells the columns only."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return FOREIGN_KEY
    told = _UNIQUE_TEXT.search(str(error))
    if told is None:
        return ""
    return told["index"] or _NAMES_BY_COLUMNS.get(told["columns"], "")
