"""ViewerService."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.values import patch_of, to_deleted_filter, to_int32
from twitchbot.adapters.grpc.convert.viewer import to_stats, to_viewer
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import viewer_service_pb2 as pb
from twitchbot.api.common_pb2 import DeleteResponse, IdRequest
from twitchbot.api.viewer_service_pb2_grpc import ViewerServiceServicer
from twitchbot.domain.viewer import ViewerPatch
from twitchbot.usecases.application import ViewerUseCases


@dataclass(slots=True, frozen=True)
class ViewerHandler(ViewerServiceServicer):
    """Answers for viewers."""

    viewers: ViewerUseCases
    paging: Paging

    async def CreateViewer(
        self, request: pb.CreateViewerRequest, _: Context
    ) -> pb.CreateViewerResponse:
        """Store a viewer."""
        viewer = await self.viewers.create(
            twitch_id=request.twitch_id,
            username=request.username,
            display_name=request.display_name or request.username,
        )
        return pb.CreateViewerResponse(viewer=to_viewer(viewer))

    async def GetViewer(self, request: IdRequest, _: Context) -> pb.GetViewerResponse:
        """Return a viewer."""
        return pb.GetViewerResponse(viewer=to_viewer(await self.viewers.get(UUID(request.id))))

    async def ListViewers(
        self, request: pb.ListViewersRequest, _: Context
    ) -> pb.ListViewersResponse:
        """Return a page of viewers."""
        return await self.paging.answer(
            request,
            lambda page: self.viewers.list(
                to_deleted_filter(request.deleted_filter), page, request.order_by
            ),
            lambda page, token: pb.ListViewersResponse(
                viewers=[to_viewer(viewer) for viewer in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
        )

    async def UpdateViewer(
        self, request: pb.UpdateViewerRequest, _: Context
    ) -> pb.UpdateViewerResponse:
        """Change a viewer."""
        patch = ViewerPatch(**patch_of(request))
        viewer = await self.viewers.update(UUID(request.id), patch)
        return pb.UpdateViewerResponse(viewer=to_viewer(viewer))

    async def DeleteViewer(self, request: IdRequest, _: Context) -> DeleteResponse:
        """Delete a viewer softly."""
        await self.viewers.delete(UUID(request.id))
        return DeleteResponse(success=True, message=f"viewer {request.id} deleted")

    async def GetViewerByTwitchId(
        self, request: pb.GetViewerByTwitchIdRequest, _: Context
    ) -> pb.GetViewerResponse:
        """Return a viewer by Twitch's id."""
        viewer = await self.viewers.get_by_twitch_id(request.twitch_id)
        return pb.GetViewerResponse(viewer=to_viewer(viewer))

    async def GetViewerStats(self, request: IdRequest, _: Context) -> pb.GetViewerStatsResponse:
        """Return the figures of a viewer."""
        return to_stats(await self.viewers.get_stats(UUID(request.id)))
