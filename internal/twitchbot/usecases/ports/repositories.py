"""What is kept, by noun.

Every repository belongs to one unit of work.
Lists come in the order that the contract of the API names; `get` methods return None for rows
that do not exist or are soft-deleted; names and ids freed by a soft delete may be used again.
A row got `for_update` is held until the unit of work ends, so that nobody changes it between our
reading and our writing it back.
Writes raise the domain error of the constraint they violate (say ViewerAlreadyExistsError), and
DatabaseUnavailableError when the database is away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from twitchbot.domain.account import Account
from twitchbot.domain.channel import Channel
from twitchbot.domain.clip import Clip
from twitchbot.domain.command import Command
from twitchbot.domain.message import (
    MessageFilter,
    MessageStats,
    NewMessage,
    StoredMessage,
)
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.domain.search import SearchQuery
from twitchbot.domain.stream import Stream, StreamChange, StreamStats
from twitchbot.domain.tally import ChannelSighting, ViewerSighting
from twitchbot.domain.viewer import ChannelViewer, Viewer


class MessageRepository(Protocol):
    """Chat messages, newest first by (sent_at, id)."""

    async def add(self, messages: Sequence[NewMessage]) -> Collection[bytes]:
        """Store the messages that are not there yet and return the keys of those."""
        ...

    async def get(self, message_id: UUID) -> StoredMessage | None:
        """Return a message that is not deleted."""
        ...

    async def list(
        self, chosen: MessageFilter, deleted: DeletedFilter, page: PageRequest
    ) -> Page[StoredMessage]:
        """Return a page of messages."""
        ...

    async def search(
        self, query: SearchQuery, chosen: MessageFilter, page: PageRequest
    ) -> Page[StoredMessage]:
        """Return a page of the messages whose text matches; deleted ones never do."""
        ...

    async def delete(self, message_id: UUID, at: datetime, by: str) -> StoredMessage | None:
        """Mark a message as deleted and return it; None when there is none to delete."""
        ...

    async def stats(self, stream_id: UUID | None) -> MessageStats:
        """Compute the figures of a stream, or of all streams together."""
        ...


class StreamRepository(Protocol):
    """Streams, newest first by (started_at, id); the Chat-Only stream is one of them."""

    async def add(self, stream: Stream) -> None:
        """Store a new stream; StreamAlreadyActiveError when its channel has an active one."""
        ...

    async def get(self, stream_id: UUID, *, for_update: bool = False) -> Stream | None:
        """Return a stream that is not deleted."""
        ...

    async def list(
        self,
        deleted: DeletedFilter,
        page: PageRequest,
        *,
        only_active: bool = False,
        game_name: str = "",
        channel: str = "",
    ) -> Page[Stream]:
        """Return a page of streams; `game_name` matches without regard to case."""
        ...

    async def active(self) -> Sequence[Stream]:
        """Return all active streams of channels, newest first, without the Chat-Only stream."""
        ...

    async def last_of(self, channel_id: str, twitch_stream_id: str) -> Stream | None:
        """Return the newest session of this Twitch stream id: active, ended or deleted."""
        ...

    async def update(self, stream: Stream) -> None:
        """Write title, category, viewers, end and deletion back; the message count stays."""
        ...

    async def add_messages(self, counts: Mapping[UUID, int]) -> None:
        """Raise (or lower) the message counts."""
        ...

    async def add_change(self, stream_id: UUID, change: StreamChange) -> None:
        """Append to the history of title and category."""
        ...

    async def changes(self, stream_id: UUID) -> Sequence[StreamChange]:
        """Return the newest 1000 changes, oldest of them first."""
        ...

    async def add_sample(self, stream_id: UUID, at: datetime, viewers: int) -> None:
        """Store a viewer sample; set the stream's peak and average from all its samples."""
        ...

    async def stats(self, stream_id: UUID, now: datetime) -> StreamStats | None:
        """Compute the figures of a stream that is not deleted.

        Without samples the stream's own peak and average stand.
        """
        ...


class ViewerRepository(Protocol):
    """People, by the platform's user id."""

    async def add(self, viewer: Viewer) -> None:
        """Store a new viewer."""
        ...

    async def get(self, viewer_id: UUID, *, for_update: bool = False) -> Viewer | None:
        """Return a viewer that is not deleted."""
        ...

    async def get_by_twitch_id(self, twitch_id: str) -> Viewer | None:
        """Return a viewer that is not deleted."""
        ...

    async def list(self, deleted: DeletedFilter, page: PageRequest, order_by: str) -> Page[Viewer]:
        """Return a page of viewers, by one of `VIEWER_ORDERS` descending."""
        ...

    async def update(self, viewer: Viewer) -> None:
        """Write all fields but ids and creation back."""
        ...

    async def record(self, sightings: Sequence[ViewerSighting]) -> None:
        """Create or refresh viewers and raise their counters, including streams watched."""
        ...

    async def forget_messages(self, twitch_id: str, stream_id: UUID, count: int) -> None:
        """Lower the counters after messages of this viewer in this stream were deleted."""
        ...

    async def messages_and_streams(self, twitch_id: str) -> tuple[int, int]:
        """Count the stored messages, and the streams written in, Chat-Only left out."""
        ...


class ChannelViewerRepository(Protocol):
    """People per channel, last seen first."""

    async def get(self, channel_id: str, twitch_id: str) -> ChannelViewer | None:
        """Return a person in a channel."""
        ...

    async def list(self, channel_id: str, page: PageRequest) -> Page[ChannelViewer]:
        """Return a page of the people seen in a channel."""
        ...

    async def count(self, channel_id: str) -> int:
        """Count the people seen in a channel."""
        ...

    async def record(self, sightings: Sequence[ChannelSighting]) -> None:
        """Create or refresh rows; a sighting without roles leaves the known ones."""
        ...

    async def remove(self, channel_id: str, twitch_id: str) -> bool:
        """Remove a row; False when there is none."""
        ...


class ClipRepository(Protocol):
    """Clips."""

    async def add(self, clip: Clip) -> None:
        """Store a new clip."""
        ...

    async def get(self, clip_id: UUID, *, for_update: bool = False) -> Clip | None:
        """Return a clip that is not deleted."""
        ...

    async def get_by_twitch_id(self, twitch_clip_id: str) -> Clip | None:
        """Return a clip that is not deleted."""
        ...

    async def list(
        self,
        deleted: DeletedFilter,
        page: PageRequest,
        order_by: str,
        stream_id: UUID | None,
    ) -> Page[Clip]:
        """Return a page of clips, by one of `CLIP_ORDERS` descending."""
        ...

    async def update(self, clip: Clip) -> None:
        """Write title, views and deletion back."""
        ...


class CommandRepository(Protocol):
    """Chat commands, by name."""

    async def add(self, command: Command) -> None:
        """Store a new command."""
        ...

    async def get(self, command_id: UUID, *, for_update: bool = False) -> Command | None:
        """Return a command that is not deleted."""
        ...

    async def get_by_key(self, key: str) -> Command | None:
        """Return the command with this `command_key` that is not deleted."""
        ...

    async def list(
        self, deleted: DeletedFilter, page: PageRequest, *, only_active: bool = False
    ) -> Page[Command]:
        """Return a page of commands."""
        ...

    async def update(self, command: Command) -> None:
        """Write all fields but use count, last use and creation back."""
        ...

    async def claim_use(self, command_id: UUID, now: datetime) -> bool:
        """Count a use if the command is active and not cooling down: one atomic step."""
        ...


class ChannelRepository(Protocol):
    """Channels that we were asked to sit in, in the order they were first wanted."""

    async def get(self, login: str) -> Channel | None:
        """Return a channel, wanted or not."""
        ...

    async def wanted(self) -> Sequence[Channel]:
        """Return the channels to sit in."""
        ...

    async def want(self, login: str, now: datetime) -> None:
        """Remember that we want to sit in a channel; nothing changes if we do already."""
        ...

    async def unwant(self, login: str, now: datetime) -> bool:
        """Forget that we wanted a channel; False if we did not."""
        ...

    async def record_joined(self, login: str, channel_id: str, now: datetime) -> None:
        """Write down a confirmed join of a wanted channel; an empty `channel_id` leaves its id."""
        ...

    async def record_id(self, login: str, channel_id: str, now: datetime) -> None:
        """Write down a channel's id that was looked up before it was joined."""
        ...

    async def record_error(self, login: str, error: str, now: datetime) -> None:
        """Write down why a join of a wanted channel failed."""
        ...


class AccountRepository(Protocol):
    """Accounts with their tokens, which the store keeps encrypted."""

    async def all(self) -> Sequence[Account]:
        """Return every account, oldest first."""
        ...

    async def get(self, user_id: str, *, for_update: bool = False) -> Account | None:
        """Return an account."""
        ...

    async def save(self, account: Account) -> None:
        """Store an account, replacing the one with the same user id."""
        ...

    async def remove(self, user_id: str) -> bool:
        """Remove an account; False when there is none."""
        ...
