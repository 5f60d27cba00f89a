"""Delete a viewer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from twitchbot.domain.errors import ViewerNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class DeleteViewer:
    """Delete a viewer softly; the messages stay, and the Twitch id is free again."""

    database: Database
    clock: Clock

    async def __call__(self, viewer_id: UUID) -> None:
        now = self.clock.now()
        async with self.database.write() as uow:
            viewer = await uow.viewers.get(viewer_id, for_update=True)
            if viewer is None:
                raise ViewerNotFoundError.of(viewer_id)
            await uow.viewers.update(replace(viewer, deleted_at=now, updated_at=now))
