"""Delete the record of a clip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from twitchbot.domain.errors import ClipNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class DeleteClip:
    """Delete a clip softly; its Twitch clip id is free again."""

    database: Database
    clock: Clock

    async def __call__(self, clip_id: UUID) -> None:
        now = self.clock.now()
        async with self.database.write() as uow:
            clip = await uow.clips.get(clip_id, for_update=True)
            if clip is None:
                raise ClipNotFoundError.of(clip_id)
            await uow.clips.update(replace(clip, deleted_at=now, updated_at=now))
