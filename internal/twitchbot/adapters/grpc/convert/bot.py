"""The bot's channels and connection on the wire, and its refusals in words for people."""

from __future__ import annotations

from collections.abc import Mapping

from twitchbot.adapters.grpc.convert.values import to_int32, to_timestamp_or_none
from twitchbot.api import bot_service_pb2 as pb
from twitchbot.domain.channel import ChannelProblem, ChannelState, ChannelStatus
from twitchbot.usecases.bot.read import ChannelList
from twitchbot.usecases.ports.chat_source import ChatStatus, JoinOutcome, SendOutcome

PROBLEMS: Mapping[ChannelProblem | None, pb.ChannelProblem] = {
    None: pb.CHANNEL_PROBLEM_UNSPECIFIED,
    ChannelProblem.SUSPENDED: pb.CHANNEL_PROBLEM_SUSPENDED,
    ChannelProblem.BANNED: pb.CHANNEL_PROBLEM_BANNED,
    ChannelProblem.CHANNEL_LIMIT: pb.CHANNEL_PROBLEM_CHANNEL_LIMIT,
    ChannelProblem.NOT_CONFIRMED: pb.CHANNEL_PROBLEM_NOT_CONFIRMED,
}

STATES: Mapping[ChannelState, pb.ChannelState] = {
    ChannelState.JOINING: pb.CHANNEL_STATE_JOINING,
    ChannelState.JOINED: pb.CHANNEL_STATE_JOINED,
    ChannelState.REFUSED: pb.CHANNEL_STATE_REFUSED,
    ChannelState.UNCONFIRMED: pb.CHANNEL_STATE_UNCONFIRMED,
}

SENTENCES: Mapping[ChannelProblem | None, str] = {
    None: "the join failed",
    ChannelProblem.SUSPENDED: "the channel is suspended or closed",
    ChannelProblem.BANNED: "the bot's account is banned from the channel",
    ChannelProblem.CHANNEL_LIMIT: "the bot's account is in as many channels as Twitch allows",
    ChannelProblem.NOT_CONFIRMED: "Twitch did not confirm the join in time",
}


def to_join_response(channel: str, outcome: JoinOutcome) -> pb.JoinChannelResponse:
    """Convert what came of a join."""
    return pb.JoinChannelResponse(
        success=outcome.joined,
        message=f"joined {channel}" if outcome.joined else _why_not(outcome),
        channel=channel,
        reason=PROBLEMS[outcome.problem],
    )


def to_leave_response(channel: str, *, left: bool) -> pb.LeaveChannelResponse:
    """Convert what came of leaving."""
    message = f"left {channel}" if left else f"the bot was not in {channel}"
    return pb.LeaveChannelResponse(success=left, message=message, channel=channel)


def to_channels(channels: ChannelList) -> pb.ListChannelsResponse:
    """Convert the channels that the bot wants to be in; the chat may not know the newest yet."""
    known = {status.channel: status for status in channels.statuses}
    return pb.ListChannelsResponse(
        channels=channels.channels,
        primary_channel=channels.primary_channel,
        statuses=[
            _to_status(known.get(name) or ChannelStatus(channel=name, state=ChannelState.JOINING))
            for name in channels.channels
        ],
    )


def to_bot_status(status: ChatStatus) -> pb.GetBotStatusResponse:
    """Convert the state of the connection."""
    active = [
        channel.channel for channel in status.channels if channel.state is ChannelState.JOINED
    ]
    return pb.GetBotStatusResponse(
        connected=status.connected,
        authenticated=status.authenticated,
        channels_joined=len(active),
        active_channels=active,
        bot_username=status.login,
        connected_since=to_timestamp_or_none(status.connected_since),
        anonymous=status.anonymous,
        user_id=status.user_id,
        connection_error=status.last_error,
        lines_received=status.lines_received,
        reconnects=to_int32(status.reconnects),
    )


def to_send_response(outcome: SendOutcome) -> pb.SendMessageResponse:
    """Convert what became of a message."""
    if outcome.delivered:
        return pb.SendMessageResponse(success=True)
    error = outcome.detail or outcome.code or "the message was dropped"
    return pb.SendMessageResponse(success=False, error=error, reason=outcome.code)


def _why_not(outcome: JoinOutcome) -> str:
    sentence = SENTENCES[outcome.problem]
    return f"{sentence}: {outcome.detail}" if outcome.detail else sentence


def _to_status(status: ChannelStatus) -> pb.ChannelStatus:
    return pb.ChannelStatus(
        channel=status.channel,
        channel_id=status.channel_id,
        state=STATES[status.state],
        joined_at=to_timestamp_or_none(status.joined_at),
        problem=PROBLEMS[status.problem],
        detail=status.detail,
    )
