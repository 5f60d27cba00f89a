"""Which rows a list shows, by whether they are soft-deleted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, true

from twitchbot.domain.page import DeletedFilter


def deleted_condition(table: Table, deleted: DeletedFilter) -> ColumnElement[bool]:
    """Build the condition on `deleted_at`; asking for both means only the deleted ones."""
    if deleted.only_deleted:
        return table.c.deleted_at.is_not(None)
    if deleted.include_deleted:
        return true()
    return table.c.deleted_at.is_(None)
