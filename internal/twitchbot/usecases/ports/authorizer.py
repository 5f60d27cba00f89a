"""The place where tokens come from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from twitchbot.domain.account import TokenInfo, TokenPair


@dataclass(slots=True, frozen=True, kw_only=True)
class DeviceCode:
    """What a device login begins with; only `device_code` is secret."""

    device_code: str = field(repr=False)
    user_code: str
    verification_uri: str
    expires_in_s: int
    interval_s: int
    scopes: frozenset[str]


class DeviceAnswer(StrEnum):
    """Why there is no token for a device code yet, or never will be."""

    PENDING = "pending"
    SLOW_DOWN = "slow_down"
    DENIED = "denied"
    UNKNOWN_CODE = "unknown_code"


class Authorizer(Protocol):
    """Twitch's OAuth endpoints.

    All methods raise UnavailableError when Twitch does not answer, and those that need it
    ClientIdMissingError when our client id (or its secret) is missing or refused.
    """

    @property
    def client_id(self) -> str:
        """Our client id; empty when none is set, then tokens can be validated, but not renewed."""
        ...

    async def validate(self, access_token: str) -> TokenInfo | None:
        """Return what a token is good for; None when Twitch does not accept it any more."""
        ...

    async def refresh(self, refresh_token: str) -> TokenPair:
        """Exchange a refresh token for a new pair; the old pair may be dead from then on.

        Raises:
            TokenRejectedError: the refresh token is dead; do not try it again.
        """
        ...

    async def start_device(self, scopes: Collection[str]) -> DeviceCode:
        """Begin a device login; InvalidInputError when Twitch does not know a scope."""
        ...

    async def poll_device(self, code: DeviceCode) -> TokenPair | DeviceAnswer:
        """Ask for the outcome of a device login."""
        ...

    async def revoke(self, access_token: str) -> None:
        """Make a token invalid; one that is invalid already is fine."""
        ...
