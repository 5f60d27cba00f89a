"""A chat message: as it was said, and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from twitchbot.domain.ids import message_key, new_id
from twitchbot.domain.platforms import TWITCH

NO_TAGS: Mapping[str, str] = {}


# Not frozen: a frozen dataclass sets each field through object.__setattr__, which alone would
# take as long as parsing the line. Nobody changes a message after it was made.
@dataclass(slots=True, kw_only=True)
class ChatMessage:
    """What somebody said in a channel, with everything the platform told about it.

    Text fields are cleaned: no NUL, no lone surrogates. Absent values are empty strings.
    `sent_ms` is the platform's time in ms since the epoch (our receive time if it gave none, then
    `sent_ms_estimated` is true), `received_us` our own in µs.
    """

    platform: str = TWITCH
    message_id: str
    channel_id: str
    channel: str
    user_id: str
    username: str
    display_name: str
    text: str
    is_action: bool = False
    is_broadcaster: bool = False
    is_lead_moderator: bool = False
    is_moderator: bool = False
    is_vip: bool = False
    is_subscriber: bool = False
    badges: str = ""
    badge_info: str = ""
    color: str = ""
    emotes: str = ""
    bits: int = 0
    reply_parent_message_id: str = ""
    reply_thread_message_id: str = ""
    source_channel_id: str = ""
    source_message_id: str = ""
    tags: Mapping[str, str] = field(default_factory=lambda: NO_TAGS)
    sent_ms: int
    sent_ms_estimated: bool = False
    received_us: int

    @property
    def is_shared_copy(self) -> bool:
        """Whether it was said in a partner's channel and only shown here (shared chat)."""
        return self.source_channel_id != ""

    @property
    def sent_at(self) -> datetime:
        """When the platform got it, to the millisecond."""
        return datetime.fromtimestamp(self.sent_ms / 1000, UTC)

    @property
    def received_at(self) -> datetime:
        """When we got it."""
        return datetime.fromtimestamp(self.received_us / 1_000_000, UTC)

    def key(self) -> bytes:
        """Return the 16 bytes of its id: the same for each copy of it that we hear.

        A message without a platform id gets a random one.
        """
        if not self.message_id:
            return new_id(self.sent_ms).bytes
        return message_key(self.platform, self.message_id, self.sent_ms)


@dataclass(slots=True, frozen=True)
class NewMessage:
    """A message on its way into the store."""

    key: bytes
    stream_id: UUID
    message: ChatMessage


@dataclass(slots=True, frozen=True, kw_only=True)
class StoredMessage:
    """A message as it is kept."""

    id: UUID
    stream_id: UUID
    message: ChatMessage
    deleted_at: datetime | None = None
    deleted_by: str = ""


@dataclass(slots=True, frozen=True, kw_only=True)
class MessageFilter:
    """Which messages are meant; None and empty mean no restriction.

    `sent_from` is inclusive, `sent_to` exclusive.
    """

    stream_id: UUID | None = None
    user_id: str = ""
    channel: str = ""
    include_shared: bool = False
    sent_from: datetime | None = None
    sent_to: datetime | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class MessageStats:
    """Figures over the messages of one stream or of all."""

    total_messages: int
    unique_users: int
    most_active_user: str
    most_active_user_count: int
