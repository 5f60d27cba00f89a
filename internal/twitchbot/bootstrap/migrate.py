"""Brings a database to the schema of this code, once, however many instances start together."""

from __future__ import annotations

import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

import twitchbot
from twitchbot.adapters.sql.migration_lock import is_lock_timeout, locked_connection
from twitchbot.domain.errors import DatabaseUnavailableError

_PACKAGE = Path(twitchbot.__file__).parent
_LOCK_RETRIES = 5
_RETRY_DELAY_S = 1.0


class SchemaError(Exception):
    """The database cannot be brought to the wanted schema; the message says why."""


def upgrade(url: str | URL) -> None:
    """Bring a database to the newest schema; nothing happens if it is there."""
    migrate_to(url, "head")


def migrate_to(url: str | URL, revision: str) -> None:
    """Bring a database to a revision: `head`, `base`, an id, or a number of steps like `-1`.

    Raises:
        SchemaError: the database is newer than this code, or there is no way to the revision.
        DatabaseUnavailableError: it can't be reached, or is busy for too long.
    """
    config = _config(migrations_folder())
    try:
        with locked_connection(url) as connection:
            _refuse_newer(connection, ScriptDirectory.from_config(config))
            _run(connection, config, revision)
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        raise DatabaseUnavailableError(f"the database can't be reached: {reason}") from error
    except SQLAlchemyError as error:
        reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        raise SchemaError(f"the database cannot be migrated: {reason.strip()}") from error
    except CommandError as error:
        raise SchemaError(f"the database cannot be migrated: {error}") from error


def migrations_folder(package: Path = _PACKAGE) -> Path:
    """Return the migrations: inside an installed package, else at the root of the repository."""
    installed, source = package / "migrations", package.parents[1] / "migrations"
    for folder in (installed, source):
        if (folder / "env.py").is_file():
            return folder
    raise SchemaError(f"no migrations in {installed} nor in {source}")


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    present = set(MigrationContext.configure(connection).get_current_heads())
    # Alembic commits only the transaction that it began itself.
    connection.rollback()
    if unknown := present - known:
        raise SchemaError(
            f"the database has schema {', '.join(sorted(unknown))}, which this version of"
            f" twitchbot {twitchbot.__version__} does not know; run the newer version"
        )


def _run(connection: Connection, config: Config, revision: str) -> None:
    """Run the migrations; whoever holds a table for long makes us step back and try again."""
    config.attributes["connection"] = connection
    go = command.downgrade if revision.startswith("-") or revision == "base" else command.upgrade
    for attempt in range(_LOCK_RETRIES):
        try:
            go(config, revision)
        except DBAPIError as error:
            connection.rollback()
            if attempt + 1 == _LOCK_RETRIES or not is_lock_timeout(error):
                raise
            # Alembic is synchronous; the service runs this in a thread, before anything else.
            time.sleep(_RETRY_DELAY_S)
        else:
            return
