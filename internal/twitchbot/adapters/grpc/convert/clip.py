"""Clips on the wire."""

from __future__ import annotations

from twitchbot.adapters.grpc.convert.values import to_int32, to_timestamp, to_timestamp_or_none
from twitchbot.api import clip_service_pb2 as pb
from twitchbot.domain.clip import Clip


def to_clip(clip: Clip) -> pb.Clip:
    """Convert a clip."""
    return pb.Clip(
        id=str(clip.id),
        stream_id="" if clip.stream_id is None else str(clip.stream_id),
        twitch_clip_id=clip.twitch_clip_id,
        title=clip.title,
        url=clip.url,
        embed_url=clip.embed_url,
        thumbnail_url=clip.thumbnail_url,
        creator_name=clip.creator_name,
        creator_id=clip.creator_id,
        view_count=to_int32(clip.view_count),
        duration_seconds=to_int32(clip.duration_seconds),
        created_at_twitch=to_timestamp_or_none(clip.created_at_twitch),
        created_at=to_timestamp(clip.created_at),
        updated_at=to_timestamp(clip.updated_at),
        deleted_at=to_timestamp_or_none(clip.deleted_at),
    )
