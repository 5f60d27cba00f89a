"""One transaction over all repositories."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from twitchbot.usecases.ports.repositories import (
    AccountRepository,
    ChannelRepository,
    ChannelViewerRepository,
    ClipRepository,
    CommandRepository,
    MessageRepository,
    StreamRepository,
    ViewerRepository,
)


class Repositories(Protocol):
    """The repositories of one transaction."""

    @property
    def messages(self) -> MessageRepository:
        """Chat messages."""
        ...

    @property
    def streams(self) -> StreamRepository:
        """Streams."""
        ...

    @property
    def viewers(self) -> ViewerRepository:
        """People."""
        ...

    @property
    def channel_viewers(self) -> ChannelViewerRepository:
        """People per channel."""
        ...

    @property
    def clips(self) -> ClipRepository:
        """Clips."""
        ...

    @property
    def commands(self) -> CommandRepository:
        """Chat commands."""
        ...

    @property
    def channels(self) -> ChannelRepository:
        """Channels we follow."""
        ...

    @property
    def accounts(self) -> AccountRepository:
        """Accounts with their tokens."""
        ...


class Database(Protocol):
    """Opens transactions; one object serves many calls at once.

    Both raise DatabaseUnavailableError when the database does not answer in time.
    """

    def read(self) -> AbstractAsyncContextManager[Repositories]:
        """Open a transaction that only reads."""
        ...

    def write(self) -> AbstractAsyncContextManager[Repositories]:
        """Open a transaction that commits when its block ends well and rolls back otherwise."""
        ...
