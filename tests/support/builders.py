"""Domain values with sensible defaults, so that a test names only what it is about.

Whatever must be unique to be stored (ids) is fresh at each call; the rest is the same each time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from twitchbot.domain.account import Account
from twitchbot.domain.channel import Channel
from twitchbot.domain.clip import Clip
from twitchbot.domain.command import Command
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.message import ChatMessage, NewMessage
from twitchbot.domain.stream import LiveStream, Stream
from twitchbot.domain.unix_time import unix_ms, unix_us
from twitchbot.domain.viewer import ChannelViewer, Viewer

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

CHANNEL = "forsen"
CHANNEL_ID = "22484632"
USER = "ronni"
USER_ID = "1337"

_numbers = count(1)


def a_message(**changes: Any) -> ChatMessage:
    """Build a message that Ronni wrote in Forsen's channel at noon."""
    message = ChatMessage(
        message_id=f"message-{next(_numbers)}",
        channel_id=CHANNEL_ID,
        channel=CHANNEL,
        user_id=USER_ID,
        username=USER,
        display_name="Ronni",
        text="hello there",
        sent_ms=unix_ms(NOON),
        received_us=unix_us(NOON),
    )
    return replace(message, **changes)


def a_new_message(stream_id: UUID = CHAT_ONLY_STREAM_ID, **changes: Any) -> NewMessage:
    """Build a message that is about to be stored."""
    message = a_message(**changes)
    return NewMessage(message.key(), stream_id, message)


def a_stream(**changes: Any) -> Stream:
    """Build an active stream of no channel that began at noon."""
    stream = Stream(
        id=new_id(),
        title="Speedrun",
        game_name="Celeste",
        game_id="504461",
        started_at=NOON,
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(stream, **changes)


def a_live_stream(**changes: Any) -> LiveStream:
    """Build what Helix says of Forsen's channel while it is live."""
    live = LiveStream(
        twitch_stream_id=f"4000{next(_numbers)}",
        channel_id=CHANNEL_ID,
        channel=CHANNEL,
        title="Speedrun",
        game_name="Celeste",
        game_id="504461",
        viewer_count=100,
        started_at=NOON,
    )
    return replace(live, **changes)


def a_viewer(**changes: Any) -> Viewer:
    """Build Ronni, who was seen once, at noon."""
    viewer = Viewer(
        id=new_id(),
        twitch_id=USER_ID,
        username=USER,
        display_name="Ronni",
        first_seen=NOON,
        last_seen=NOON,
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(viewer, **changes)


def a_channel_viewer(**changes: Any) -> ChannelViewer:
    """Build Ronni in Forsen's channel."""
    viewer = ChannelViewer(
        id=new_id(),
        channel_id=CHANNEL_ID,
        channel=CHANNEL,
        twitch_id=USER_ID,
        username=USER,
        display_name="Ronni",
        first_seen=NOON,
        last_seen=NOON,
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(viewer, **changes)


def a_clip(**changes: Any) -> Clip:
    """Build a clip of no known stream."""
    clip = Clip(
        id=new_id(),
        stream_id=None,
        twitch_clip_id=f"AwkwardSalamander-{next(_numbers)}",
        title="What a jump",
        url="https://clips.example/AwkwardSalamander",
        embed_url="https://clips.example/embed?clip=AwkwardSalamander",
        thumbnail_url="https://clips.example/AwkwardSalamander.jpg",
        creator_name="Ronni",
        creator_id=USER_ID,
        view_count=10,
        duration_seconds=30,
        created_at_twitch=NOON,
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(clip, **changes)


def a_command(**changes: Any) -> Command:
    """Build a command that everybody may use at any time."""
    command = Command(
        id=new_id(),
        name="!discord",
        response="https://discord.example/forsen",
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(command, **changes)


def a_channel(**changes: Any) -> Channel:
    """Build Forsen's channel, joined at noon."""
    channel = Channel(
        login=CHANNEL,
        channel_id=CHANNEL_ID,
        joined_at=NOON,
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(channel, **changes)


def an_account(**changes: Any) -> Account:
    """Build an account that may read and write chat."""
    account = Account(
        user_id=USER_ID,
        login=USER,
        access_token="access-token",
        refresh_token="refresh-token",
        scopes=frozenset({"chat:read", "chat:edit"}),
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(account, **changes)
