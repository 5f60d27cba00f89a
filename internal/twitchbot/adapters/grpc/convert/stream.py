"""Streams on the wire."""

from __future__ import annotations

from twitchbot.adapters.grpc.convert.values import to_int32, to_timestamp, to_timestamp_or_none
from twitchbot.api import stream_service_pb2 as pb
from twitchbot.domain.stream import Stream, StreamChange, StreamStats


def to_stream(stream: Stream) -> pb.Stream:
    """Convert a stream."""
    return pb.Stream(
        id=str(stream.id),
        title=stream.title,
        game_name=stream.game_name,
        game_id=stream.game_id,
        started_at=to_timestamp(stream.started_at),
        ended_at=to_timestamp_or_none(stream.ended_at),
        peak_viewers=to_int32(stream.peak_viewers),
        average_viewers=to_int32(stream.average_viewers),
        total_messages=to_int32(stream.total_messages),
        is_active=stream.is_active,
        created_at=to_timestamp(stream.created_at),
        updated_at=to_timestamp(stream.updated_at),
        deleted_at=to_timestamp_or_none(stream.deleted_at),
        channel_id=stream.channel_id,
        channel=stream.channel,
        twitch_stream_id=stream.twitch_stream_id,
        ended_reason=stream.ended_reason or "",
    )


def to_change(change: StreamChange) -> pb.StreamChange:
    """Convert an entry of a stream's history."""
    return pb.StreamChange(
        changed_at=to_timestamp(change.changed_at),
        title=change.title,
        game_name=change.game_name,
        game_id=change.game_id,
    )


def to_stats(stats: StreamStats) -> pb.GetStreamStatsResponse:
    """Convert the figures of a stream."""
    return pb.GetStreamStatsResponse(
        peak_viewers=to_int32(stats.peak_viewers),
        average_viewers=to_int32(stats.average_viewers),
        total_messages=to_int32(stats.total_messages),
        unique_viewers=to_int32(stats.unique_viewers),
        duration_seconds=stats.duration_seconds,
    )
