"""A Twitch account that the service may act as."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

CHAT_READ = "chat:read"
CHAT_EDIT = "chat:edit"
CHATTERS = "moderator:read:chatters"


@dataclass(slots=True, frozen=True, kw_only=True)
class Account:
    """An account with its tokens, which never show in a repr.

    `refresh_token` is empty when the token cannot be renewed;
    `need_reauth` says that only a new login helps.
    """

    user_id: str
    login: str
    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    scopes: frozenset[str] = frozenset()
    expires_at: datetime | None = None
    need_reauth: bool = False
    last_error: str = ""
    created_at: datetime
    updated_at: datetime
    refreshed_at: datetime | None = None

    def is_due(self, now: datetime, margin: timedelta) -> bool:
        """Tell whether the token should be renewed before it is used again."""
        return self.expires_at is not None and now + margin >= self.expires_at


@dataclass(slots=True, frozen=True, kw_only=True)
class TokenPair:
    """What the token endpoint returned."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scopes: frozenset[str]
    expires_in_s: int


@dataclass(slots=True, frozen=True, kw_only=True)
class TokenInfo:
    """What the validate endpoint says of a token."""

    client_id: str
    user_id: str
    login: str
    scopes: frozenset[str]
    expires_in_s: int
