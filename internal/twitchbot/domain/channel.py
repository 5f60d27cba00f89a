"""A channel that we follow: what we want, and what the platform confirmed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LOGIN = re.compile(r"[a-z0-9_]{1,25}", re.ASCII)


def normalize_channel(name: str) -> str:
    """Return a channel's login without `#` and in lower case, or raise ValueError."""
    login = name.removeprefix("#")
    # str.lower() would turn a Turkish dotted I into two characters; the pattern refuses both.
    login = login.lower() if login.isascii() else login
    if not LOGIN.fullmatch(login):
        raise ValueError(f"not a channel name: {name[:64]!r}")
    return login


class ChannelState(StrEnum):
    """How far a wanted channel is."""

    JOINING = "joining"
    JOINED = "joined"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"


class ChannelProblem(StrEnum):
    """Why a channel could not be joined."""

    SUSPENDED = "suspended"
    BANNED = "banned"
    CHANNEL_LIMIT = "channel_limit"
    NOT_CONFIRMED = "not_confirmed"


@dataclass(slots=True, frozen=True, kw_only=True)
class Channel:
    """A channel we were asked to sit in, as it is kept over restarts.

    `channel_id` is empty until the platform told it.
    """

    login: str
    channel_id: str = ""
    wanted: bool = True
    joined_at: datetime | None = None
    last_error: str = ""
    created_at: datetime
    updated_at: datetime


@dataclass(slots=True, frozen=True, kw_only=True)
class ChannelStatus:
    """What the chat connection knows of a wanted channel now; `detail` is in Twitch's words."""

    channel: str
    state: ChannelState
    channel_id: str = ""
    joined_at: datetime | None = None
    problem: ChannelProblem | None = None
    detail: str = ""
