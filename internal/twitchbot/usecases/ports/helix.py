"""The platform's web API."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from twitchbot.domain.stream import LiveStream
from twitchbot.domain.viewer import Chatter


class Helix(Protocol):
    """Twitch's web API, as far as we ask it.

    All methods raise UnavailableError when Twitch does not answer or limits us,
    MissingScopeError when the token may not ask, and TokenRejectedError when it is dead.
    """

    async def live_streams(self, channel_ids: Collection[str]) -> Sequence[LiveStream]:
        """Return the streams of those channels that are live now, 100 channels per call."""
        ...

    async def user_ids(self, logins: Collection[str]) -> Mapping[str, str]:
        """Return the user id of each login that exists."""
        ...

    async def chatters(self, channel_id: str) -> Sequence[Chatter]:
        """Return who is in a channel; MissingScopeError when we are not its moderator."""
        ...
