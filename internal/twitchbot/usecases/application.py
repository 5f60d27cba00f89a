"""Every use case by name: the table of contents of the service."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.usecases.accounts.device_login import GetDeviceLogin, StartDeviceLogin
from twitchbot.usecases.accounts.read import ListAccounts
from twitchbot.usecases.accounts.remove_account import RemoveAccount
from twitchbot.usecases.bot.join_channel import JoinChannel
from twitchbot.usecases.bot.leave_channel import LeaveChannel
from twitchbot.usecases.bot.read import GetBotStatus, ListChannels
from twitchbot.usecases.bot.send_message import SendMessage
from twitchbot.usecases.channel_viewers.read import (
    CountChannelViewers,
    GetChannelViewer,
    ListChannelViewers,
)
from twitchbot.usecases.channel_viewers.remove_channel_viewer import RemoveChannelViewer
from twitchbot.usecases.clips.create_clip import CreateClip
from twitchbot.usecases.clips.delete_clip import DeleteClip
from twitchbot.usecases.clips.read import GetClip, GetClipByTwitchId, ListClips
from twitchbot.usecases.clips.update_clip import UpdateClip
from twitchbot.usecases.commands.create_command import CreateCommand
from twitchbot.usecases.commands.delete_command import DeleteCommand
from twitchbot.usecases.commands.execute_command import ExecuteCommand
from twitchbot.usecases.commands.read import GetCommand, GetCommandByName, ListCommands
from twitchbot.usecases.commands.update_command import UpdateCommand
from twitchbot.usecases.messages.create_message import CreateMessage
from twitchbot.usecases.messages.delete_message import DeleteMessage
from twitchbot.usecases.messages.read import GetMessage, GetMessageStats, ListMessages
from twitchbot.usecases.messages.search_messages import SearchMessages
from twitchbot.usecases.streams.create_stream import CreateStream
from twitchbot.usecases.streams.delete_stream import DeleteStream
from twitchbot.usecases.streams.end_stream import EndStream
from twitchbot.usecases.streams.read import (
    GetActiveStream,
    GetStream,
    GetStreamStats,
    ListStreams,
)
from twitchbot.usecases.streams.update_stream import UpdateStream
from twitchbot.usecases.viewers.create_viewer import CreateViewer
from twitchbot.usecases.viewers.delete_viewer import DeleteViewer
from twitchbot.usecases.viewers.read import (
    GetViewer,
    GetViewerByTwitchId,
    GetViewerStats,
    ListViewers,
)
from twitchbot.usecases.viewers.update_viewer import UpdateViewer


@dataclass(slots=True, frozen=True, kw_only=True)
class StreamUseCases:
    """What can be done with streams."""

    create: CreateStream
    get: GetStream
    list: ListStreams
    update: UpdateStream
    delete: DeleteStream
    end: EndStream
    get_active: GetActiveStream
    get_stats: GetStreamStats


@dataclass(slots=True, frozen=True, kw_only=True)
class MessageUseCases:
    """What can be done with messages."""

    create: CreateMessage
    get: GetMessage
    list: ListMessages
    delete: DeleteMessage
    search: SearchMessages
    get_stats: GetMessageStats


@dataclass(slots=True, frozen=True, kw_only=True)
class ViewerUseCases:
    """What can be done with viewers."""

    create: CreateViewer
    get: GetViewer
    list: ListViewers
    update: UpdateViewer
    delete: DeleteViewer
    get_by_twitch_id: GetViewerByTwitchId
    get_stats: GetViewerStats


@dataclass(slots=True, frozen=True, kw_only=True)
class ClipUseCases:
    """What can be done with clips."""

    create: CreateClip
    get: GetClip
    list: ListClips
    update: UpdateClip
    delete: DeleteClip
    get_by_twitch_id: GetClipByTwitchId


@dataclass(slots=True, frozen=True, kw_only=True)
class CommandUseCases:
    """What can be done with chat commands."""

    create: CreateCommand
    get: GetCommand
    list: ListCommands
    update: UpdateCommand
    delete: DeleteCommand
    get_by_name: GetCommandByName
    execute: ExecuteCommand


@dataclass(slots=True, frozen=True, kw_only=True)
class ChannelViewerUseCases:
    """What can be done with the people of a channel."""

    get: GetChannelViewer
    list: ListChannelViewers
    count: CountChannelViewers
    remove: RemoveChannelViewer


@dataclass(slots=True, frozen=True, kw_only=True)
class BotUseCases:
    """What can be done with the bot."""

    join: JoinChannel
    leave: LeaveChannel
    list_channels: ListChannels
    get_status: GetBotStatus
    send: SendMessage


@dataclass(slots=True, frozen=True, kw_only=True)
class AccountUseCases:
    """What can be done with accounts."""

    start_login: StartDeviceLogin
    get_login: GetDeviceLogin
    list: ListAccounts
    remove: RemoveAccount


@dataclass(slots=True, frozen=True, kw_only=True)
class Application:
    """The service as its callers see it."""

    streams: StreamUseCases
    messages: MessageUseCases
    viewers: ViewerUseCases
    clips: ClipUseCases
    commands: CommandUseCases
    channel_viewers: ChannelViewerUseCases
    bot: BotUseCases
    accounts: AccountUseCases
