"""Plain reads of clips."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.clip import Clip
from twitchbot.domain.errors import ClipNotFoundError
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class GetClip:
    """Return a clip."""

    database: Database

    async def __call__(self, clip_id: UUID) -> Clip:
        async with self.database.read() as uow:
            clip = await uow.clips.get(clip_id)
        if clip is None:
            raise ClipNotFoundError.of(clip_id)
        return clip


@dataclass(slots=True, frozen=True)
class GetClipByTwitchId:
    """Return the clip with a Twitch clip id."""

    database: Database

    async def __call__(self, twitch_clip_id: str) -> Clip:
        async with self.database.read() as uow:
            clip = await uow.clips.get_by_twitch_id(twitch_clip_id)
        if clip is None:
            raise ClipNotFoundError.of(twitch_clip_id)
        return clip


@dataclass(slots=True, frozen=True)
class ListClips:
    """Return a page of the clips of a stream or of all, by one of `CLIP_ORDERS` descending."""

    database: Database

    async def __call__(
        self, deleted: DeletedFilter, page: PageRequest, order_by: str, stream_id: UUID | None
    ) -> Page[Clip]:
        async with self.database.read() as uow:
            return await uow.clips.list(deleted, page, order_by, stream_id)
