"""A person, and a person in a channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from twitchbot.domain.patch import changes_of


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

    def patched(self, patch: ViewerPatch, at: datetime) -> Viewer:
        """Return it with the values that a patch names."""
        return replace(self, **changes_of(patch), updated_at=at)

    def stats(self, messages: int, streams: int, now: datetime) -> ViewerStats:
        """Return the figures, given how many messages and streams are stored."""
        return ViewerStats(
            total_messages=messages,
            total_streams_watched=streams,
            days_since_first_seen=_whole_days(self.first_seen, now),
            days_since_last_seen=_whole_days(self.last_seen, now),
        )


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


def _whole_days(since: datetime, now: datetime) -> int:
    # The platform's clock stamps messages, ours says what now is: it may be a little behind.
    return max(0, (now - since).days)


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
