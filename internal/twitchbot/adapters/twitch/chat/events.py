"""What a connection reports besides chat lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LoginProblem(StrEnum):
    """Why a login was refused."""

    AUTHENTICATION = "authentication"  # the token is bad or expired: another one may help
    CONFIGURATION = "configuration"  # what we were told to log in with can't work


@dataclass(slots=True, frozen=True)
class LoggedIn:
    """The login was accepted, as this user."""

    login: str


@dataclass(slots=True, frozen=True)
class LoginFailed:
    """The login was refused; Twitch closes the connection."""

    problem: LoginProblem
    text: str


@dataclass(slots=True, frozen=True, kw_only=True)
class OwnProfile:
    """How Twitch shows the account we are logged in as."""

    user_id: str
    display_name: str
    color: str


@dataclass(slots=True, frozen=True)
class Joined:
    """We are in a channel; the id is empty until Twitch told it."""

    channel: str
    channel_id: str = ""


@dataclass(slots=True, frozen=True)
class Parted:
    """We are no longer in a channel."""

    channel: str


@dataclass(slots=True, frozen=True, kw_only=True)
class OwnState:
    """How we stand in a channel: said when we joined, and after each accepted message.

    `message_id` is empty unless Twitch names the message.
    """

    channel: str
    badges: str
    badge_info: str
    is_moderator: bool
    message_id: str = ""


@dataclass(slots=True, frozen=True)
class Notice:
    """A remark of Twitch about a channel; `code` is empty on old ones."""

    channel: str
    code: str
    text: str


@dataclass(slots=True, frozen=True)
class ReconnectRequested:
    """The server is about to close."""


@dataclass(slots=True, frozen=True)
class Disconnected:
    """The connection is gone; nothing follows."""

    reason: str


ChatEvent = (
    LoggedIn
    | LoginFailed
    | OwnProfile
    | Joined
    | Parted
    | OwnState
    | Notice
    | ReconnectRequested
    | Disconnected
)
