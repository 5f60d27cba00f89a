"""What PostgreSQL's errors mean, by SQLSTATE."""

from __future__ import annotations

import psycopg

from twitchbot.adapters.sql.dialect import Fault
from twitchbot.adapters.sql.errors import FOREIGN_KEY

_FOREIGN_KEY_VIOLATION = "23503"

# Classes: connection, transaction rolled back, no resources (disk, memory, connections), object
# not in the right state (a lock), stopped by an operator or a timeout, system error, damaged data.
_AWAY_CLASSES = ("08", "40", "53", "55", "57", "58", "XX")
_READ_ONLY = "25006"
_IDLE_TOO_LONG = ("25P03", "25P04")
_CONSTRAINT_CLASS = "23"
# Classes: data, limits of the program (a word or an index row that is too long).
_BAD_ROW_CLASSES = ("22", "54")


def fault_of(error: BaseException) -> Fault:
    """Tell what kind of trouble an error is."""
    if isinstance(error, (UnicodeEncodeError, OverflowError)):
        return Fault.BAD_ROW
    if not isinstance(error, psycopg.Error):
        return Fault.OTHER
    state = error.sqlstate
    if state is None:
        return _fault_without_state(error)
    if state.startswith(_AWAY_CLASSES) or state in (_READ_ONLY, *_IDLE_TOO_LONG):
        return Fault.AWAY
    if state.startswith(_CONSTRAINT_CLASS):
        return Fault.CONSTRAINT
    return Fault.BAD_ROW if state.startswith(_BAD_ROW_CLASSES) else Fault.OTHER


def constraint_of(error: BaseException) -> str:
    """Return the constraint's name as the server tells it."""
    if not isinstance(error, psycopg.Error):
        return ""
    if error.sqlstate == _FOREIGN_KEY_VIOLATION:
        return FOREIGN_KEY
    return error.diag.constraint_name or ""


def _fault_without_state(error: psycopg.Error) -> Fault:
    """Judge an error that the driver raised by itself."""
    if isinstance(error, psycopg.DataError):
        return Fault.BAD_ROW
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return Fault.AWAY
    return Fault.OTHER
