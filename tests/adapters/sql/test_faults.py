"""What the drivers' errors mean to us."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest

from twitchbot.adapters.sql.dialect import Dialect, Fault
from twitchbot.adapters.sql.errors import translate
from twitchbot.adapters.sql.postgresql.dialect import PostgresDialect
from twitchbot.adapters.sql.sqlite.dialect import SqliteDialect
from twitchbot.domain.errors import BadRowError, DatabaseUnavailableError

POSTGRES, SQLITE = PostgresDialect(), SqliteDialect()


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("some text")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (psycopg.errors.ConnectionFailure(), Fault.AWAY),
        (psycopg.errors.DeadlockDetected(), Fault.AWAY),
        (psycopg.errors.SerializationFailure(), Fault.AWAY),
        (psycopg.errors.DiskFull(), Fault.AWAY),
        (psycopg.errors.TooManyConnections(), Fault.AWAY),
        (psycopg.errors.LockNotAvailable(), Fault.AWAY),
        (psycopg.errors.QueryCanceled(), Fault.AWAY),
        (psycopg.errors.AdminShutdown(), Fault.AWAY),
        (psycopg.errors.IoError(), Fault.AWAY),
        (psycopg.errors.ReadOnlySqlTransaction(), Fault.AWAY),
        (psycopg.errors.IdleInTransactionSessionTimeout(), Fault.AWAY),
        (psycopg.OperationalError(), Fault.AWAY),
        (psycopg.InterfaceError(), Fault.AWAY),
        (psycopg.errors.UniqueViolation(), Fault.CONSTRAINT),
        (psycopg.errors.NumericValueOutOfRange(), Fault.BAD_ROW),
        (psycopg.errors.ProgramLimitExceeded(), Fault.BAD_ROW),
        (psycopg.DataError(), Fault.BAD_ROW),
        (psycopg.ProgrammingError(), Fault.OTHER),
        (psycopg.errors.UndefinedTable(), Fault.OTHER),
        (OverflowError(), Fault.BAD_ROW),
        (LookupError(), Fault.OTHER),
    ],
)
def test_errors_of_postgresql(error: Exception, fault: Fault) -> None:
    assert POSTGRES.fault_of(error) is fault


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY), Fault.AWAY),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), Fault.AWAY),
        (sqlite_error(sqlite3.SQLITE_FULL), Fault.AWAY),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), Fault.AWAY),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), Fault.AWAY),
        (sqlite_error(sqlite3.SQLITE_INTERRUPT), Fault.AWAY),
        (sqlite_error(sqlite3.SQLITE_TOOBIG), Fault.BAD_ROW),
        (sqlite_error(sqlite3.SQLITE_ERROR), Fault.OTHER),
        (sqlite3.OperationalError(), Fault.OTHER),
        (sqlite3.IntegrityError(), Fault.CONSTRAINT),
        (OverflowError(), Fault.BAD_ROW),
        (LookupError(), Fault.OTHER),
    ],
)
def test_errors_of_sqlite(error: Exception, fault: Fault) -> None:
    assert SQLITE.fault_of(error) is fault


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UNIQUE constraint failed: viewers.twitch_id", "uq_viewers_twitch_id"),
        ("UNIQUE constraint failed: channels.login", "uq_channels_login"),
        ("UNIQUE constraint failed: index 'uq_on_an_expression'", "uq_on_an_expression"),
        ("UNIQUE constraint failed: viewers.unknown", ""),
        ("NOT NULL constraint failed: viewers.twitch_id", ""),
    ],
)
def test_sqlite_tells_columns_where_we_want_a_name(text: str, name: str) -> None:
    assert SQLITE.constraint_of(sqlite3.IntegrityError(text)) == name


@pytest.mark.parametrize("dialect", [POSTGRES, SQLITE])
def test_a_bug_of_ours_stays_visible(dialect: Dialect) -> None:
    assert translate(LookupError(), dialect) is None


def test_an_unknown_constraint_is_the_rows_fault() -> None:
    assert isinstance(translate(sqlite3.IntegrityError("?"), SQLITE), BadRowError)
    assert isinstance(translate(psycopg.errors.NotNullViolation(), POSTGRES), BadRowError)
    assert POSTGRES.constraint_of(LookupError()) == ""


def test_an_outage_says_to_try_again() -> None:
    error = translate(psycopg.OperationalError("secret address"), POSTGRES)

    assert isinstance(error, DatabaseUnavailableError)
    assert error.retry_after_s > 0
    assert "secret" not in str(error)
