"""A login without a browser on this machine: a person enters a code on another device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from twitchbot.domain.account import CHAT_EDIT, CHAT_READ, CHATTERS, Account

# What the bot itself needs; asked for when the caller names no scopes.
BOT_SCOPES = frozenset({CHAT_READ, CHAT_EDIT, CHATTERS})


class DeviceLoginState(StrEnum):
    """How far a device login is."""

    PENDING = "pending"
    GRANTED = "granted"
    DENIED = "denied"
    EXPIRED = "expired"


@dataclass(slots=True, frozen=True, kw_only=True)
class DeviceLogin:
    """A device login as its caller sees it; `account` is set once it is granted."""

    login_id: str
    user_code: str
    verification_uri: str
    expires_at: datetime
    interval_seconds: int
    state: DeviceLoginState = DeviceLoginState.PENDING
    account: Account | None = None
