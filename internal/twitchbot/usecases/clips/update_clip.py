"""Change the record of a clip."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.clip import Clip, ClipPatch
from twitchbot.domain.errors import ClipNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class UpdateClip:
    """Change a clip's title or views."""

    database: Database
    clock: Clock

    async def __call__(self, clip_id: UUID, patch: ClipPatch) -> Clip:
        async with self.database.write() as uow:
            clip = await uow.clips.get(clip_id, for_update=True)
            if clip is None:
                raise ClipNotFoundError.of(clip_id)
            patched = clip.patched(patch, self.clock.now())
            await uow.clips.update(patched)
        return patched
