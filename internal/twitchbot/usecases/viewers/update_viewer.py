"""Change a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import ViewerNotFoundError
from twitchbot.domain.viewer import Viewer, ViewerPatch
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class UpdateViewer:
    """Correct a viewer's names or counters."""

    database: Database
    clock: Clock

    async def __call__(self, viewer_id: UUID, patch: ViewerPatch) -> Viewer:
        async with self.database.write() as uow:
            viewer = await uow.viewers.get(viewer_id, for_update=True)
            if viewer is None:
                raise ViewerNotFoundError.of(viewer_id)
            patched = viewer.patched(patch, self.clock.now())
            await uow.viewers.update(patched)
        return patched
