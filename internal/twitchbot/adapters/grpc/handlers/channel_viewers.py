"""ChannelViewerService."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.values import to_int32
from twitchbot.adapters.grpc.convert.viewer import to_channel_viewer
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import channel_viewer_service_pb2 as pb
from twitchbot.api.channel_viewer_service_pb2_grpc import ChannelViewerServiceServicer
from twitchbot.api.common_pb2 import DeleteResponse
from twitchbot.usecases.application import ChannelViewerUseCases


@dataclass(slots=True, frozen=True)
class ChannelViewerHandler(ChannelViewerServiceServicer):
    """Answers for the people of a channel."""

    channel_viewers: ChannelViewerUseCases
    paging: Paging

    async def GetChannelViewer(
        self, request: pb.GetChannelViewerRequest, _: Context
    ) -> pb.GetChannelViewerResponse:
        """Return a person in a channel."""
        viewer = await self.channel_viewers.get(request.channel, request.twitch_id)
        return pb.GetChannelViewerResponse(viewer=to_channel_viewer(viewer))

    async def ListChannelViewers(
        self, request: pb.ListChannelViewersRequest, _: Context
    ) -> pb.ListChannelViewersResponse:
        """Return a page of the people of a channel."""
        return await self.paging.answer(
            request,
            lambda page: self.channel_viewers.list(request.channel, page),
            lambda page, token: pb.ListChannelViewersResponse(
                viewers=[to_channel_viewer(viewer) for viewer in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
        )

    async def CountChannelViewers(
        self, request: pb.CountChannelViewersRequest, _: Context
    ) -> pb.CountChannelViewersResponse:
        """Count the people of a channel."""
        count = await self.channel_viewers.count(request.channel)
        return pb.CountChannelViewersResponse(count=to_int32(count))

    async def RemoveChannelViewer(
        self, request: pb.RemoveChannelViewerRequest, _: Context
    ) -> DeleteResponse:
        """Remove a person from a channel."""
        await self.channel_viewers.remove(request.channel, request.twitch_id)
        message = f"viewer {request.twitch_id} removed from {request.channel}"
        return DeleteResponse(success=True, message=message)
