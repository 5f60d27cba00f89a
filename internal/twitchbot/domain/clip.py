"""A clip of a stream."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from twitchbot.domain.patch import changes_of


@dataclass(slots=True, frozen=True, kw_only=True)
class Clip:
    """A clip; `stream_id` is None when it belongs to no stored stream."""

    id: UUID
    stream_id: UUID | None
    twitch_clip_id: str
    title: str
    url: str
    embed_url: str
    thumbnail_url: str
    creator_name: str
    creator_id: str
    view_count: int
    duration_seconds: int
    created_at_twitch: datetime | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None

    def patched(self, patch: ClipPatch, at: datetime) -> Clip:
        """Return it with the values that a patch names."""
        return replace(self, **changes_of(patch), updated_at=at)


@dataclass(slots=True, frozen=True, kw_only=True)
class ClipPatch:
    """What to change of a clip; None leaves a field as it is."""

    title: str | None = None
    view_count: int | None = None
