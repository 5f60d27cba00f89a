"""The rare lines: what Twitch says about logins, channels and ourselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from twitchbot.adapters.twitch.chat.events import (
    ChatEvent,
    Joined,
    LoggedIn,
    LoginFailed,
    LoginProblem,
    Notice,
    OwnProfile,
    OwnState,
    Parted,
    ReconnectRequested,
)

# Matched without regard to case, anywhere in the text: the wording has changed before.
_LOGIN_PROBLEMS = (
    ("login authentication failed", LoginProblem.AUTHENTICATION),
    ("improperly formatted auth", LoginProblem.CONFIGURATION),
    ("invalid nick", LoginProblem.CONFIGURATION),
    ("login unsuccessful", LoginProblem.CONFIGURATION),
    ("error logging in", LoginProblem.CONFIGURATION),
)


@dataclass(slots=True, frozen=True, kw_only=True)
class ServerLine:
    """A line of the server: its kind in lower case, numerics by name."""

    kind: str
    nick: str = ""
    target: str = ""
    arguments: Sequence[str] = ()
    tags: Mapping[str, str]


def read_event(line: ServerLine, own_login: str) -> ChatEvent | None:
    """Return what a line tells us, None if nothing that we need."""
    reader = _READERS.get(line.kind)
    return None if reader is None else reader(line, own_login)


def _read_welcome(line: ServerLine, _: str) -> ChatEvent:
    return LoggedIn(line.target.lower())


def _read_server_notice(line: ServerLine, _: str) -> ChatEvent | None:
    text = " ".join(line.arguments)
    for wording, problem in _LOGIN_PROBLEMS:
        if wording in text.lower():
            return LoginFailed(problem, text)
    return None


def _read_channel_notice(line: ServerLine, _: str) -> ChatEvent:
    return Notice(_channel(line), line.tags.get("msg-id", ""), " ".join(line.arguments))


def _read_join(line: ServerLine, own_login: str) -> ChatEvent | None:
    return Joined(_channel(line)) if line.nick.lower() == own_login else None


def _read_part(line: ServerLine, own_login: str) -> ChatEvent | None:
    return Parted(_channel(line)) if line.nick.lower() == own_login else None


def _read_room_state(line: ServerLine, _: str) -> ChatEvent | None:
    room_id = line.tags.get("room-id", "")
    return Joined(_channel(line), room_id) if room_id else None


def _read_own_profile(line: ServerLine, _: str) -> ChatEvent:
    return OwnProfile(
        user_id=line.tags.get("user-id", ""),
        display_name=line.tags.get("display-name", ""),
        color=line.tags.get("color", ""),
    )


def _read_own_state(line: ServerLine, _: str) -> ChatEvent:
    return OwnState(
        channel=_channel(line),
        badges=line.tags.get("badges", ""),
        badge_info=line.tags.get("badge-info", ""),
        is_moderator=line.tags.get("mod") == "1",
        message_id=line.tags.get("id", ""),
    )


def _read_reconnect(_line: ServerLine, _: str) -> ChatEvent:
    return ReconnectRequested()


def _channel(line: ServerLine) -> str:
    return line.target.removeprefix("#").lower()


_READERS: Mapping[str, Callable[[ServerLine, str], ChatEvent | None]] = {
    "welcome": _read_welcome,
    "endofmotd": _read_welcome,
    "privnotice": _read_server_notice,
    "pubnotice": _read_channel_notice,
    "join": _read_join,
    "part": _read_part,
    "roomstate": _read_room_state,
    "globaluserstate": _read_own_profile,
    "userstate": _read_own_state,
    "reconnect": _read_reconnect,
}
