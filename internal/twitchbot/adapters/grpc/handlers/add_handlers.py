"""Gives a server all handlers of an application."""

from __future__ import annotations

import grpc.aio

from twitchbot.adapters.grpc.handlers.accounts import AccountHandler
from twitchbot.adapters.grpc.handlers.bot import BotHandler
from twitchbot.adapters.grpc.handlers.channel_viewers import ChannelViewerHandler
from twitchbot.adapters.grpc.handlers.clips import ClipHandler
from twitchbot.adapters.grpc.handlers.commands import CommandHandler
from twitchbot.adapters.grpc.handlers.messages import MessageHandler
from twitchbot.adapters.grpc.handlers.streams import StreamHandler
from twitchbot.adapters.grpc.handlers.viewers import ViewerHandler
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import (
    account_service_pb2_grpc,
    bot_service_pb2_grpc,
    channel_viewer_service_pb2_grpc,
    clip_service_pb2_grpc,
    command_service_pb2_grpc,
    message_service_pb2_grpc,
    stream_service_pb2_grpc,
    viewer_service_pb2_grpc,
)
from twitchbot.usecases.application import Application


def add_handlers(server: grpc.aio.Server, application: Application, paging: Paging) -> None:
    """Add every service to the server."""
    stream_service_pb2_grpc.add_StreamServiceServicer_to_server(
        StreamHandler(application.streams, paging), server
    )
    message_service_pb2_grpc.add_MessageServiceServicer_to_server(
        MessageHandler(application.messages, paging), server
    )
    viewer_service_pb2_grpc.add_ViewerServiceServicer_to_server(
        ViewerHandler(application.viewers, paging), server
    )
    clip_service_pb2_grpc.add_ClipServiceServicer_to_server(
        ClipHandler(application.clips, paging), server
    )
    command_service_pb2_grpc.add_CommandServiceServicer_to_server(
        CommandHandler(application.commands, paging), server
    )
    channel_viewer_service_pb2_grpc.add_ChannelViewerServiceServicer_to_server(
        ChannelViewerHandler(application.channel_viewers, paging), server
    )
    bot_service_pb2_grpc.add_BotServiceServicer_to_server(BotHandler(application.bot), server)
    account_service_pb2_grpc.add_AccountServiceServicer_to_server(
        AccountHandler(application.accounts), server
    )
