"""A live session of a channel, its samples, and the Chat-Only stream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID


class EndedReason(StrEnum):
    """Why a stream is over."""

    OFFLINE = "offline"
    API = "api"
    DELETED = "deleted"
    STALE = "stale"


@dataclass(slots=True, frozen=True, kw_only=True)
class Stream:
    """A session; active until `ended_at` is set.

    `offline_since` is when Helix first stopped listing an active session: it ends when the grace
    time has passed, so that a short drop-out does not split it.
    """

    id: UUID
    channel_id: str = ""
    channel: str = ""
    twitch_stream_id: str = ""
    title: str = ""
    game_name: str = ""
    game_id: str = ""
    started_at: datetime
    ended_at: datetime | None = None
    ended_reason: EndedReason | None = None
    offline_since: datetime | None = None
    peak_viewers: int = 0
    average_viewers: int = 0
    total_messages: int = 0
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether messages of its channel still go to it."""
        return self.ended_at is None

    @property
    def is_chat_only(self) -> bool:
        """Whether this is the fixed stream for what is said while channels are offline."""
        return self.id == CHAT_ONLY_STREAM_ID


@dataclass(slots=True, frozen=True, kw_only=True)
class StreamChange:
    """Title and category from a moment on."""

    changed_at: datetime
    title: str
    game_name: str
    game_id: str


@dataclass(slots=True, frozen=True, kw_only=True)
class StreamStats:
    """Figures of one stream, computed from what is stored."""

    peak_viewers: int
    average_viewers: int
    total_messages: int
    unique_viewers: int
    duration_seconds: int


@dataclass(slots=True, frozen=True, kw_only=True)
class StreamPatch:
    """What to change of a stream; None leaves a field as it is."""

    title: str | None = None
    game_name: str | None = None
    game_id: str | None = None
    peak_viewers: int | None = None
    average_viewers: int | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class LiveStream:
    """What the platform says of a channel that is live now."""

    twitch_stream_id: str
    channel_id: str
    channel: str
    title: str
    game_name: str
    game_id: str
    viewer_count: int
    started_at: datetime
