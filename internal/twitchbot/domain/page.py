"""A piece of a long list, by row offset or by the place where the last piece ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

DEFAULT_LIMIT = 20
DEFAULT_MESSAGE_LIMIT = 50
MAX_LIMIT = 1000

# What a list can be ordered by, always descending; the first value is the default.
VIEWER_ORDERS = ("last_seen", "first_seen", "total_messages", "total_streams_watched")
CLIP_ORDERS = ("created_at_twitch", "view_count", "duration_seconds")

# The sort key of the last row that was seen: a place in the list that does not move when rows are
# added before it. Values are what the repository ordered by (text, whole numbers), last the id.
Cursor = tuple[str | int, ...]


@dataclass(slots=True, frozen=True, kw_only=True)
class PageRequest:
    """Which piece is wanted; with a cursor the offset is ignored."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    after: Cursor | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Page(Generic[T]):
    """A piece of a list; `total` counts all matching rows, `next` is None on the last piece."""

    items: Sequence[T]
    total: int
    next: Cursor | None = None


@dataclass(slots=True, frozen=True)
class DeletedFilter:
    """Whether soft-deleted rows are shown; by default they are not."""

    include_deleted: bool = False
    only_deleted: bool = False
