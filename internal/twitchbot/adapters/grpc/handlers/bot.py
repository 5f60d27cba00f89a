"""BotService."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.adapters.grpc.context import (
    JOIN_DEADLINE_S,
    SEND_DEADLINE_S,
    Context,
    patience_s,
)
from twitchbot.adapters.grpc.convert.bot import (
    to_bot_status,
    to_channels,
    to_join_response,
    to_leave_response,
    to_send_response,
)
from twitchbot.api import bot_service_pb2 as pb
from twitchbot.api.bot_service_pb2_grpc import BotServiceServicer
from twitchbot.usecases.application import BotUseCases


@dataclass(slots=True, frozen=True)
class BotHandler(BotServiceServicer):
    """Answers for the bot."""

    bot: BotUseCases

    async def JoinChannel(
        self, request: pb.JoinChannelRequest, context: Context
    ) -> pb.JoinChannelResponse:
        """Join a channel; a refusal is an answer."""
        outcome = await self.bot.join(request.channel, patience_s(context, JOIN_DEADLINE_S))
        return to_join_response(request.channel, outcome)

    async def LeaveChannel(
        self, request: pb.LeaveChannelRequest, _: Context
    ) -> pb.LeaveChannelResponse:
        """Leave a channel; that it was not joined is an answer."""
        left = await self.bot.leave(request.channel)
        return to_leave_response(request.channel, left=left)

    async def ListChannels(
        self, _request: pb.ListChannelsRequest, _: Context
    ) -> pb.ListChannelsResponse:
        """Return the channels the bot wants to be in."""
        return to_channels(await self.bot.list_channels())

    async def GetBotStatus(
        self, _request: pb.GetBotStatusRequest, _: Context
    ) -> pb.GetBotStatusResponse:
        """Return how the bot is connected."""
        return to_bot_status(await self.bot.get_status())

    async def SendMessage(
        self, request: pb.SendMessageRequest, context: Context
    ) -> pb.SendMessageResponse:
        """Say something; that Twitch dropped it is an answer."""
        outcome = await self.bot.send(
            request.channel,
            request.message,
            patience_s(context, SEND_DEADLINE_S),
            request.reply_to_message_id,
        )
        return to_send_response(outcome)
