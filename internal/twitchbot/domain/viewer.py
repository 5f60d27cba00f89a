"""A person, and a person in a channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(slots=True, frozen=True, kw_only=True)
class Viewer:
    """Somebody who wrote or was seen; keyed by the platform's user id."""

    id: UUID
    twitch_id: str
    username: str
    display_name: str
    total_messages: int = 0
    total_streams_watched: int = 0
    first_seen: datetime
    last_seen: datetime
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class ViewerPatch:
    """What to change of a viewer; None leaves a field as it is."""

    username: str | None = None
    display_name: str | None = None
    total_messages: int | None = None
    total_streams_watched: int | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class ViewerStats:
    """Figures of one viewer, computed from what is stored; days are whole ones, rounded down."""

    total_messages: int
    total_streams_watched: int
    days_since_first_seen: int
    days_since_last_seen: int


@dataclass(slots=True, frozen=True, kw_only=True)
class ChannelViewer:
    """A person in a channel, with the badges last seen there."""

    id: UUID
    channel_id: str
    channel: str
    twitch_id: str
    username: str
    display_name: str
    is_moderator: bool = False
    is_vip: bool = False
    first_seen: datetime
    last_seen: datetime
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True, frozen=True, kw_only=True)
class Chatter:
    """Somebody on a channel's chatter list."""

    user_id: str
    username: str
    display_name: str
