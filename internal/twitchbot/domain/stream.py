"""A live session of a channel, its samples, and the Chat-Only stream."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from twitchbot.domain.errors import ChatOnlyStreamProtectedError, StreamAlreadyEndedError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.patch import changes_of


class EndedReason(StrEnum):
    """Why a stream is over."""

    OFFLINE = "offline"
    API = "api"
    DELETED = "deleted"


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

    def ended(self, at: datetime, reason: EndedReason) -> Stream:
        """Return it as it is after its end.

        Raises:
            ChatOnlyStreamProtectedError: it is the Chat-Only stream.
            StreamAlreadyEndedError: it has ended before.
        """
        self._refuse_chat_only()
        if not self.is_active:
            raise StreamAlreadyEndedError(f"stream {self.id} has ended before", id=str(self.id))
        return replace(self, ended_at=at, ended_reason=reason, offline_since=None, updated_at=at)

    def deleted(self, at: datetime) -> Stream:
        """Return it as it is after its soft delete, which ends it too.

        Raises:
            ChatOnlyStreamProtectedError: it is the Chat-Only stream.
        """
        self._refuse_chat_only()
        over = self.ended(at, EndedReason.DELETED) if self.is_active else self
        return replace(over, deleted_at=at, updated_at=at)

    def patched(self, patch: StreamPatch, at: datetime) -> Stream:
        """Return it with the values that a patch names."""
        return replace(self, **changes_of(patch), updated_at=at)

    def reads_like(self, other: Stream) -> bool:
        """Tell whether title and category are the same."""
        mine = (self.title, self.game_name, self.game_id)
        return mine == (other.title, other.game_name, other.game_id)

    def as_change(self) -> StreamChange:
        """Return title and category as the entry of the history that its last change makes."""
        return StreamChange(
            changed_at=self.updated_at,
            title=self.title,
            game_name=self.game_name,
            game_id=self.game_id,
        )

    def _refuse_chat_only(self) -> None:
        if self.is_chat_only:
            raise ChatOnlyStreamProtectedError(
                "the Chat-Only stream can neither be ended nor deleted", id=str(self.id)
            )


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
