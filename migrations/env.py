"""Runs the migrations: plain synchronous code, because Alembic may be called from a running loop.

The connection comes from the caller (`twitchbot.bootstrap.migrate`); for Alembic's own commands it
is made from `alembic -x url=…` or DATABASE_URL.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from alembic import context
from sqlalchemy import Connection, NullPool, create_engine

from twitchbot.adapters.sql.dialect import is_made_by_hand, sync_url
from twitchbot.adapters.sql.tables import metadata
from twitchbot.adapters.sql.types import Key, UtcTime

if TYPE_CHECKING:
    from sqlalchemy.sql.schema import SchemaItem


def compared(
    _item: SchemaItem, name: str | None, kind: str, reflected: bool, counterpart: SchemaItem | None
) -> bool:
    """Leave out what one database has alone: it is written by hand, not derived from tables."""
    return not (reflected and counterpart is None and is_made_by_hand(kind, name or ""))


def rendered(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types in words of SQLAlchemy: a migration outlives our code."""
    if kind == "type" and isinstance(item, UtcTime):
        return 'sa.TIMESTAMP(timezone=True).with_variant(sa.Integer(), "sqlite")'
    if kind == "type" and isinstance(item, Key):
        return 'sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")'
    return False


def migrate(connection: Connection) -> None:
    """Run what was asked for on a connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_object=compared,
        render_item=rendered,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Take the caller's connection, or make one."""
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    address = context.get_x_argument(as_dictionary=True).get("url") or os.environ["DATABASE_URL"]
    engine = create_engine(sync_url(address), poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        migrate(connection)


main()
