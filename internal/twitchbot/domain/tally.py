"""What a batch of newly stored messages adds to the counters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.message import ChatMessage, NewMessage


@dataclass(slots=True, kw_only=True)
class ViewerSighting:
    """What a batch tells of one person: names as last written, times in ms, messages per stream."""

    twitch_id: str
    username: str
    display_name: str
    first_ms: int
    last_ms: int
    streams: dict[UUID, int]


@dataclass(slots=True, kw_only=True)
class ChannelSighting:
    """What a batch tells of one person in one channel; roles None means unknown."""

    channel_id: str
    twitch_id: str
    username: str
    display_name: str
    first_ms: int
    last_ms: int
    is_moderator: bool | None
    is_vip: bool | None


@dataclass(slots=True, frozen=True)
class Tally:
    """The sums of a batch, in an order that every transaction shares (against deadlocks)."""

    viewers: Sequence[ViewerSighting]
    channel_viewers: Sequence[ChannelSighting]
    streams: Mapping[UUID, int]


def tally(messages: Iterable[NewMessage]) -> Tally:
    """Sum up messages; copies of shared chat count nowhere, nor do those without a user id."""
    viewers: dict[str, ViewerSighting] = {}
    channel_viewers: dict[tuple[str, str], ChannelSighting] = {}
    streams: Counter[UUID] = Counter()
    for new in messages:
        message = new.message
        if message.is_shared_copy:
            continue
        streams[new.stream_id] += 1
        if not message.user_id:
            continue
        _see_viewer(viewers, message, new.stream_id)
        if message.channel_id:
            _see_channel_viewer(channel_viewers, message)
    return Tally(
        [viewers[key] for key in sorted(viewers)],
        [channel_viewers[key] for key in sorted(channel_viewers)],
        {key: streams[key] for key in sorted(streams)},
    )


def _see_viewer(seen: dict[str, ViewerSighting], message: ChatMessage, stream_id: UUID) -> None:
    known = seen.get(message.user_id)
    if known is None:
        seen[message.user_id] = ViewerSighting(
            twitch_id=message.user_id,
            username=message.username,
            display_name=message.display_name,
            first_ms=message.sent_ms,
            last_ms=message.sent_ms,
            streams={stream_id: 1},
        )
        return
    known.streams[stream_id] = known.streams.get(stream_id, 0) + 1
    known.first_ms = min(known.first_ms, message.sent_ms)
    if message.sent_ms >= known.last_ms:
        known.last_ms = message.sent_ms
        known.username = message.username
        known.display_name = message.display_name


def _see_channel_viewer(seen: dict[tuple[str, str], ChannelSighting], message: ChatMessage) -> None:
    key = (message.channel_id, message.user_id)
    known = seen.get(key)
    if known is None:
        seen[key] = ChannelSighting(
            channel_id=message.channel_id,
            twitch_id=message.user_id,
            username=message.username,
            display_name=message.display_name,
            first_ms=message.sent_ms,
            last_ms=message.sent_ms,
            is_moderator=message.is_moderator,
            is_vip=message.is_vip,
        )
        return
    known.first_ms = min(known.first_ms, message.sent_ms)
    if message.sent_ms >= known.last_ms:
        known.last_ms = message.sent_ms
        known.username = message.username
        known.display_name = message.display_name
        known.is_moderator = message.is_moderator
        known.is_vip = message.is_vip
