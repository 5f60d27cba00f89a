"""ClipService."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.clip import to_clip
from twitchbot.adapters.grpc.convert.values import (
    id_or_none,
    moment_of,
    patch_of,
    to_deleted_filter,
    to_int32,
)
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import clip_service_pb2 as pb
from twitchbot.api.clip_service_pb2_grpc import ClipServiceServicer
from twitchbot.api.common_pb2 import DeleteResponse, IdRequest
from twitchbot.domain.clip import ClipPatch
from twitchbot.usecases.application import ClipUseCases


@dataclass(slots=True, frozen=True)
class ClipHandler(ClipServiceServicer):
    """Answers for clips."""

    clips: ClipUseCases
    paging: Paging

    async def CreateClip(self, request: pb.CreateClipRequest, _: Context) -> pb.CreateClipResponse:
        """Store the record of a clip."""
        clip = await self.clips.create(
            stream_id=id_or_none(request.stream_id),
            twitch_clip_id=request.twitch_clip_id,
            title=request.title,
            url=request.url,
            embed_url=request.embed_url,
            thumbnail_url=request.thumbnail_url,
            creator_name=request.creator_name,
            creator_id=request.creator_id,
            view_count=request.view_count,
            duration_seconds=request.duration_seconds,
            created_at_twitch=moment_of(request, "created_at_twitch"),
        )
        return pb.CreateClipResponse(clip=to_clip(clip))

    async def GetClip(self, request: IdRequest, _: Context) -> pb.GetClipResponse:
        """Return a clip."""
        return pb.GetClipResponse(clip=to_clip(await self.clips.get(UUID(request.id))))

    async def ListClips(self, request: pb.ListClipsRequest, _: Context) -> pb.ListClipsResponse:
        """Return a page of clips."""
        return await self.paging.answer(
            request,
            lambda page: self.clips.list(
                to_deleted_filter(request.deleted_filter),
                page,
                request.order_by,
                id_or_none(request.stream_id),
            ),
            lambda page, token: pb.ListClipsResponse(
                clips=[to_clip(clip) for clip in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
        )

    async def UpdateClip(self, request: pb.UpdateClipRequest, _: Context) -> pb.UpdateClipResponse:
        """Change a clip."""
        patch = ClipPatch(**patch_of(request))
        clip = await self.clips.update(UUID(request.id), patch)
        return pb.UpdateClipResponse(clip=to_clip(clip))

    async def DeleteClip(self, request: IdRequest, _: Context) -> DeleteResponse:
        """Delete a clip softly."""
        await self.clips.delete(UUID(request.id))
        return DeleteResponse(success=True, message=f"clip {request.id} deleted")

    async def GetClipByTwitchId(
        self, request: pb.GetClipByTwitchIdRequest, _: Context
    ) -> pb.GetClipResponse:
        """Return a clip by Twitch's id."""
        clip = await self.clips.get_by_twitch_id(request.twitch_clip_id)
        return pb.GetClipResponse(clip=to_clip(clip))
