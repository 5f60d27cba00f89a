"""MessageService."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.message import to_filter, to_message, to_stats
from twitchbot.adapters.grpc.convert.values import id_or_none, to_deleted_filter, to_int32
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import message_service_pb2 as pb
from twitchbot.api.common_pb2 import DeleteResponse, IdRequest
from twitchbot.api.message_service_pb2_grpc import MessageServiceServicer
from twitchbot.domain.page import DEFAULT_MESSAGE_LIMIT
from twitchbot.usecases.application import MessageUseCases


@dataclass(slots=True, frozen=True)
class MessageHandler(MessageServiceServicer):
    """Answers for chat messages."""

    messages: MessageUseCases
    paging: Paging

    async def CreateMessage(
        self, request: pb.CreateMessageRequest, _: Context
    ) -> pb.CreateMessageResponse:
        """Store a message."""
        message = await self.messages.create(
            stream_id=id_or_none(request.stream_id),
            channel=request.channel,
            user_id=request.user_id,
            username=request.username,
            display_name=request.display_name or request.username,
            text=request.message,
            is_moderator=request.is_moderator,
            is_subscriber=request.is_subscriber,
            is_vip=request.is_vip,
            is_broadcaster=request.is_broadcaster,
        )
        return pb.CreateMessageResponse(message=to_message(message))

    async def GetMessage(self, request: IdRequest, _: Context) -> pb.GetMessageResponse:
        """Return a message."""
        message = await self.messages.get(UUID(request.id))
        return pb.GetMessageResponse(message=to_message(message))

    async def ListMessages(
        self, request: pb.ListMessagesRequest, _: Context
    ) -> pb.ListMessagesResponse:
        """Return a page of messages."""
        return await self.paging.answer(
            request,
            lambda page: self.messages.list(
                to_filter(request), to_deleted_filter(request.deleted_filter), page
            ),
            lambda page, token: pb.ListMessagesResponse(
                messages=[to_message(message) for message in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
            DEFAULT_MESSAGE_LIMIT,
        )

    async def DeleteMessage(self, request: IdRequest, _: Context) -> DeleteResponse:
        """Delete a message softly."""
        await self.messages.delete(UUID(request.id))
        return DeleteResponse(success=True, message=f"message {request.id} deleted")

    async def SearchMessages(
        self, request: pb.SearchMessagesRequest, _: Context
    ) -> pb.SearchMessagesResponse:
        """Return a page of the messages that match a query."""
        return await self.paging.answer(
            request,
            lambda page: self.messages.search(request.query, to_filter(request), page),
            lambda page, token: pb.SearchMessagesResponse(
                messages=[to_message(message) for message in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
            DEFAULT_MESSAGE_LIMIT,
        )

    async def GetMessageStats(
        self, request: pb.GetMessageStatsRequest, _: Context
    ) -> pb.GetMessageStatsResponse:
        """Return the figures over the messages of a stream, or of all."""
        return to_stats(await self.messages.get_stats(id_or_none(request.stream_id)))
