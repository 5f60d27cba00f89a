"""Chat messages on the wire."""

from __future__ import annotations

from twitchbot.adapters.grpc.convert.values import (
    id_or_none,
    moment_of,
    ms_to_timestamp,
    to_int32,
    to_timestamp_or_none,
    us_to_timestamp,
)
from twitchbot.api import message_service_pb2 as pb
from twitchbot.domain.message import MessageFilter, MessageStats, StoredMessage


def to_message(stored: StoredMessage) -> pb.Message:
    """Convert a message; a page of them is the hottest path of the API."""
    said = stored.message
    received_at = us_to_timestamp(said.received_us)
    return pb.Message(
        id=str(stored.id),
        stream_id=str(stored.stream_id),
        user_id=said.user_id,
        username=said.username,
        display_name=said.display_name,
        message=said.text,
        is_moderator=said.is_moderator,
        is_subscriber=said.is_subscriber,
        is_vip=said.is_vip,
        is_broadcaster=said.is_broadcaster,
        sent_at=ms_to_timestamp(said.sent_ms),
        created_at=received_at,
        deleted_at=to_timestamp_or_none(stored.deleted_at),
        twitch_message_id=said.message_id,
        channel_id=said.channel_id,
        channel=said.channel,
        platform=said.platform,
        received_at=received_at,
        badges=said.badges,
        badge_info=said.badge_info,
        color=said.color,
        emotes=said.emotes,
        bits=to_int32(said.bits),
        is_action=said.is_action,
        is_lead_moderator=said.is_lead_moderator,
        reply_parent_message_id=said.reply_parent_message_id,
        reply_thread_message_id=said.reply_thread_message_id,
        source_channel_id=said.source_channel_id,
        source_message_id=said.source_message_id,
        tags=said.tags,
        sent_at_estimated=said.sent_ms_estimated,
        deleted_by=stored.deleted_by,
    )


def to_stats(stats: MessageStats) -> pb.GetMessageStatsResponse:
    """Convert the figures over messages."""
    return pb.GetMessageStatsResponse(
        total_messages=to_int32(stats.total_messages),
        unique_users=to_int32(stats.unique_users),
        most_active_user=stats.most_active_user,
        most_active_user_count=to_int32(stats.most_active_user_count),
    )


def to_filter(request: pb.ListMessagesRequest | pb.SearchMessagesRequest) -> MessageFilter:
    """Read which messages a list or a search is about."""
    return MessageFilter(
        stream_id=id_or_none(request.stream_id),
        user_id=request.user_id,
        channel=request.channel,
        include_shared=request.include_shared,
        sent_from=moment_of(request, "sent_from"),
        sent_to=moment_of(request, "sent_to"),
    )
