"""StreamService."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.stream import to_change, to_stats, to_stream
from twitchbot.adapters.grpc.convert.values import patch_of, to_deleted_filter, to_int32
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import stream_service_pb2 as pb
from twitchbot.api.common_pb2 import DeleteResponse, IdRequest
from twitchbot.api.stream_service_pb2_grpc import StreamServiceServicer
from twitchbot.domain.stream import StreamPatch
from twitchbot.usecases.application import StreamUseCases


@dataclass(slots=True, frozen=True)
class StreamHandler(StreamServiceServicer):
    """Answers for streams."""

    streams: StreamUseCases
    paging: Paging

    async def CreateStream(
        self, request: pb.CreateStreamRequest, _: Context
    ) -> pb.CreateStreamResponse:
        """Open a stream."""
        stream = await self.streams.create(
            title=request.title,
            game_name=request.game_name,
            game_id=request.game_id,
            channel=request.channel,
        )
        return pb.CreateStreamResponse(stream=to_stream(stream))

    async def GetStream(self, request: IdRequest, _: Context) -> pb.GetStreamResponse:
        """Return a stream with its history."""
        stream, changes = await self.streams.get(UUID(request.id))
        return pb.GetStreamResponse(
            stream=to_stream(stream), changes=[to_change(change) for change in changes]
        )

    async def ListStreams(
        self, request: pb.ListStreamsRequest, _: Context
    ) -> pb.ListStreamsResponse:
        """Return a page of streams."""
        return await self.paging.answer(
            request,
            lambda page: self.streams.list(
                to_deleted_filter(request.deleted_filter),
                page,
                only_active=request.only_active,
                game_name=request.game_name,
                channel=request.channel,
            ),
            lambda page, token: pb.ListStreamsResponse(
                streams=[to_stream(stream) for stream in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
        )

    async def UpdateStream(
        self, request: pb.UpdateStreamRequest, _: Context
    ) -> pb.UpdateStreamResponse:
        """Change a stream."""
        patch = StreamPatch(**patch_of(request))
        stream = await self.streams.update(UUID(request.id), patch)
        return pb.UpdateStreamResponse(stream=to_stream(stream))

    async def DeleteStream(self, request: IdRequest, _: Context) -> DeleteResponse:
        """Delete a stream softly."""
        await self.streams.delete(UUID(request.id))
        return DeleteResponse(success=True, message=f"stream {request.id} deleted")

    async def EndStream(self, request: pb.EndStreamRequest, _: Context) -> pb.EndStreamResponse:
        """End a stream now."""
        stream = await self.streams.end(UUID(request.id))
        return pb.EndStreamResponse(stream=to_stream(stream))

    async def GetActiveStream(
        self, request: pb.GetActiveStreamRequest, _: Context
    ) -> pb.GetActiveStreamResponse:
        """Return the stream that is live."""
        stream = await self.streams.get_active(request.channel)
        return pb.GetActiveStreamResponse(stream=to_stream(stream))

    async def GetStreamStats(self, request: IdRequest, _: Context) -> pb.GetStreamStatsResponse:
        """Return the figures of a stream."""
        return to_stats(await self.streams.get_stats(UUID(request.id)))
