"""A connection to a chat platform."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twitchbot.domain.channel import ChannelProblem, ChannelStatus


@dataclass(slots=True, frozen=True, kw_only=True)
class JoinOutcome:
    """How a join went; `detail` is in the platform's words."""

    joined: bool
    problem: ChannelProblem | None = None
    detail: str = ""


@dataclass(slots=True, frozen=True, kw_only=True)
class SendOutcome:
    """Whether a message was delivered; `code` is the platform's reason if not."""

    delivered: bool
    code: str = ""
    detail: str = ""


@dataclass(slots=True, frozen=True, kw_only=True)
class ChatStatus:
    """How the connection is doing."""

    connected: bool
    authenticated: bool
    anonymous: bool
    login: str
    user_id: str
    connected_since: datetime | None
    last_error: str
    lines_received: int
    reconnects: int
    channels: Sequence[ChannelStatus]


class ChatSource(Protocol):
    """A chat platform: rooms to join, lines to hear, messages to send.

    It keeps every channel it was told to join, over reconnects, until told to part.
    """

    async def join(self, channel: str, patience_s: float) -> JoinOutcome:
        """Join a channel and wait for the confirmation.

        A channel that is joined already is a success at once. Afterwards the source keeps it,
        whatever the outcome; call `part` to give it up.

        Raises:
            ChatUnavailableError: there is no connection, and none came in time.
        """
        ...

    def keep(self, channels: Collection[str]) -> None:
        """Join these too, as the limits allow, without waiting."""
        ...

    async def part(self, channel: str) -> bool:
        """Leave a channel and stop keeping it; False if it was not kept."""
        ...

    async def send(
        self, channel: str, text: str, patience_s: float, reply_to: str = ""
    ) -> SendOutcome:
        """Say something in a joined channel within the rate limits, and wait for the outcome.

        `patience_s` is the time until the outcome must be told: the wait for the message's turn
        and the wait for the platform's answer together. Nothing is sent once too little of it is
        left for an answer.

        Raises:
            ChannelNotJoinedError: the channel is not joined.
            NotLoggedInError: the connection is anonymous.
            MissingScopeError: the token may not send.
            LimitReachedError: the limits do not allow it early enough.
            TimeoutError: `patience_s` is too short for any answer.
            ChatUnavailableError: the connection is down.
        """
        ...

    def status(self) -> ChatStatus:
        """Describe the connection now."""
        ...

    @property
    def own_user_id(self) -> str:
        """The platform's id of the account we are logged in as; empty when anonymous."""
        ...

    def pause_reading(self) -> None:
        """Leave what comes next in the network until `resume_reading`."""
        ...

    def resume_reading(self) -> None:
        """Read on."""
        ...
