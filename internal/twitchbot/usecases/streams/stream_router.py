"""Which stream a channel's messages belong to now."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.stream import Stream


class StreamRouter:
    """The active stream of each channel, in memory because every chat line asks.

    The database is the truth: who opens or ends a stream says so here after the commit, and the
    stream watcher refreshes the whole table at each of its rounds.
    """

    def __init__(self) -> None:
        self._stream_of: dict[str, UUID] = {}
        self._revision = 0

    @property
    def revision(self) -> int:
        """A number that grows with every opened or closed stream."""
        return self._revision

    def stream_of(self, channel_id: str) -> UUID:
        """Return the channel's active stream, or the Chat-Only stream when it is offline."""
        return self._stream_of.get(channel_id, CHAT_ONLY_STREAM_ID)

    def open(self, stream: Stream) -> None:
        """Send the channel's messages to this stream from now on."""
        self._revision += 1
        if stream.channel_id:
            self._stream_of[stream.channel_id] = stream.id

    def close(self, stream: Stream) -> None:
        """Send the channel's messages to Chat-Only, if they went to this stream."""
        self._revision += 1
        if self._stream_of.get(stream.channel_id) == stream.id:
            del self._stream_of[stream.channel_id]

    def replace(self, active: Iterable[Stream], revision: int | None = None) -> None:
        """Take over the state of the database; if it was read at another revision, do not."""
        if revision is None or revision == self._revision:
            self._stream_of = {
                stream.channel_id: stream.id for stream in active if stream.channel_id
            }
