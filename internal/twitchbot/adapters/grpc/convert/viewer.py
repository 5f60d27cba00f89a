"""Viewers, and viewers of a channel, on the wire."""

from __future__ import annotations

from twitchbot.adapters.grpc.convert.values import to_int32, to_timestamp, to_timestamp_or_none
from twitchbot.api import channel_viewer_service_pb2 as channel_viewer_pb
from twitchbot.api import viewer_service_pb2 as pb
from twitchbot.domain.viewer import ChannelViewer, Viewer, ViewerStats


def to_viewer(viewer: Viewer) -> pb.Viewer:
    """Convert a viewer."""
    return pb.Viewer(
        id=str(viewer.id),
        twitch_id=viewer.twitch_id,
        username=viewer.username,
        display_name=viewer.display_name,
        total_messages=to_int32(viewer.total_messages),
        total_streams_watched=to_int32(viewer.total_streams_watched),
        first_seen=to_timestamp(viewer.first_seen),
        last_seen=to_timestamp(viewer.last_seen),
        created_at=to_timestamp(viewer.created_at),
        updated_at=to_timestamp(viewer.updated_at),
        deleted_at=to_timestamp_or_none(viewer.deleted_at),
    )


def to_stats(stats: ViewerStats) -> pb.GetViewerStatsResponse:
    """Convert the figures of a viewer."""
    return pb.GetViewerStatsResponse(
        total_messages=to_int32(stats.total_messages),
        total_streams_watched=to_int32(stats.total_streams_watched),
        days_since_first_seen=to_int32(stats.days_since_first_seen),
        days_since_last_seen=to_int32(stats.days_since_last_seen),
    )


def to_channel_viewer(viewer: ChannelViewer) -> channel_viewer_pb.ChannelViewer:
    """Convert a person in a channel."""
    return channel_viewer_pb.ChannelViewer(
        id=str(viewer.id),
        channel=viewer.channel,
        twitch_id=viewer.twitch_id,
        username=viewer.username,
        display_name=viewer.display_name,
        first_seen=to_timestamp(viewer.first_seen),
        last_seen=to_timestamp(viewer.last_seen),
        is_moderator=viewer.is_moderator,
        is_vip=viewer.is_vip,
        created_at=to_timestamp(viewer.created_at),
        updated_at=to_timestamp(viewer.updated_at),
    )
