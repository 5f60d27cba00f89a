"""Plain reads of viewers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import ViewerNotFoundError
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.domain.viewer import Viewer, ViewerStats
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class GetViewer:
    """Return a viewer."""

    database: Database

    async def __call__(self, viewer_id: UUID) -> Viewer:
        async with self.database.read() as uow:
            viewer = await uow.viewers.get(viewer_id)
        if viewer is None:
            raise ViewerNotFoundError.of(viewer_id)
        return viewer


@dataclass(slots=True, frozen=True)
class GetViewerByTwitchId:
    """Return the viewer with a Twitch id."""

    database: Database

    async def __call__(self, twitch_id: str) -> Viewer:
        async with self.database.read() as uow:
            viewer = await uow.viewers.get_by_twitch_id(twitch_id)
        if viewer is None:
            raise ViewerNotFoundError.of(twitch_id)
        return viewer


@dataclass(slots=True, frozen=True)
class ListViewers:
    """Return a page of viewers, by one of `VIEWER_ORDERS` descending."""

    database: Database

    async def __call__(
        self, deleted: DeletedFilter, page: PageRequest, order_by: str
    ) -> Page[Viewer]:
        async with self.database.read() as uow:
            return await uow.viewers.list(deleted, page, order_by)


@dataclass(slots=True, frozen=True)
class GetViewerStats:
    """Return the figures of a viewer, computed from what is stored."""

    database: Database
    clock: Clock

    async def __call__(self, viewer_id: UUID) -> ViewerStats:
        async with self.database.read() as uow:
            viewer = await uow.viewers.get(viewer_id)
            if viewer is None:
                raise ViewerNotFoundError.of(viewer_id)
            messages, streams = await uow.viewers.messages_and_streams(viewer.twitch_id)
        return viewer.stats(messages, streams, self.clock.now())
