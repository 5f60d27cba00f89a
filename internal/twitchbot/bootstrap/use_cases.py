"""Builds every use case from what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.usecases.accounts.device_login import GetDeviceLogin, StartDeviceLogin
from twitchbot.usecases.accounts.pending_logins import PendingLogins
from twitchbot.usecases.accounts.read import ListAccounts
from twitchbot.usecases.accounts.remove_account import RemoveAccount
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.application import (
    AccountUseCases,
    Application,
    BotUseCases,
    ChannelViewerUseCases,
    ClipUseCases,
    CommandUseCases,
    MessageUseCases,
    StreamUseCases,
    ViewerUseCases,
)
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.bot.join_channel import JoinChannel
from twitchbot.usecases.bot.leave_channel import LeaveChannel
from twitchbot.usecases.bot.read import GetBotStatus, ListChannels, PrimaryChannel
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
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.create_stream import CreateStream
from twitchbot.usecases.streams.delete_stream import DeleteStream
from twitchbot.usecases.streams.end_stream import EndStream
from twitchbot.usecases.streams.read import (
    GetActiveStream,
    GetStream,
    GetStreamStats,
    ListStreams,
)
from twitchbot.usecases.streams.stream_router import StreamRouter
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
class Parts:
    """What the use cases share."""

    database: Database
    clock: Clock
    router: StreamRouter
    bot: Bot
    authorizer: Authorizer
    keeper: TokenKeeper


def build_application(parts: Parts) -> Application:
    """Build the service as its callers see it."""
    return Application(
        streams=_streams(parts),
        messages=_messages(parts),
        viewers=_viewers(parts),
        clips=_clips(parts),
        commands=_commands(parts),
        channel_viewers=_channel_viewers(parts),
        bot=_bot(parts),
        accounts=_accounts(parts),
    )


def _streams(parts: Parts) -> StreamUseCases:
    database, clock, router = parts.database, parts.clock, parts.router
    return StreamUseCases(
        create=CreateStream(database, clock, router),
        get=GetStream(database),
        list=ListStreams(database),
        update=UpdateStream(database, clock),
        delete=DeleteStream(database, clock, router),
        end=EndStream(database, clock, router),
        get_active=GetActiveStream(database),
        get_stats=GetStreamStats(database, clock),
    )


def _messages(parts: Parts) -> MessageUseCases:
    return MessageUseCases(
        create=CreateMessage(parts.database, parts.clock),
        get=GetMessage(parts.database),
        list=ListMessages(parts.database),
        delete=DeleteMessage(parts.database, parts.clock),
        search=SearchMessages(parts.database),
        get_stats=GetMessageStats(parts.database),
    )


def _viewers(parts: Parts) -> ViewerUseCases:
    return ViewerUseCases(
        create=CreateViewer(parts.database, parts.clock),
        get=GetViewer(parts.database),
        list=ListViewers(parts.database),
        update=UpdateViewer(parts.database, parts.clock),
        delete=DeleteViewer(parts.database, parts.clock),
        get_by_twitch_id=GetViewerByTwitchId(parts.database),
        get_stats=GetViewerStats(parts.database, parts.clock),
    )


def _clips(parts: Parts) -> ClipUseCases:
    return ClipUseCases(
        create=CreateClip(parts.database, parts.clock),
        get=GetClip(parts.database),
        list=ListClips(parts.database),
        update=UpdateClip(parts.database, parts.clock),
        delete=DeleteClip(parts.database, parts.clock),
        get_by_twitch_id=GetClipByTwitchId(parts.database),
    )


def _commands(parts: Parts) -> CommandUseCases:
    return CommandUseCases(
        create=CreateCommand(parts.database, parts.clock),
        get=GetCommand(parts.database),
        list=ListCommands(parts.database),
        update=UpdateCommand(parts.database, parts.clock),
        delete=DeleteCommand(parts.database, parts.clock),
        get_by_name=GetCommandByName(parts.database),
        execute=ExecuteCommand(parts.database, parts.clock),
    )


def _channel_viewers(parts: Parts) -> ChannelViewerUseCases:
    return ChannelViewerUseCases(
        get=GetChannelViewer(parts.database),
        list=ListChannelViewers(parts.database),
        count=CountChannelViewers(parts.database),
        remove=RemoveChannelViewer(parts.database),
    )


def _bot(parts: Parts) -> BotUseCases:
    bot, database, clock = parts.bot, parts.database, parts.clock
    primary = PrimaryChannel(bot, database)
    return BotUseCases(
        join=JoinChannel(bot, database, clock),
        leave=LeaveChannel(bot, database, clock),
        list_channels=ListChannels(bot, database, primary),
        get_status=GetBotStatus(bot),
        send=SendMessage(bot, primary),
    )


def _accounts(parts: Parts) -> AccountUseCases:
    pending = PendingLogins()
    return AccountUseCases(
        start_login=StartDeviceLogin(parts.authorizer, parts.clock, pending),
        get_login=GetDeviceLogin(parts.authorizer, parts.clock, pending, parts.keeper),
        list=ListAccounts(parts.database),
        remove=RemoveAccount(parts.database, parts.authorizer, parts.keeper),
    )
