"""Verbs by name, for scripts and for the control API."""

import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from twitchsim.room import Person, Room
from twitchsim.verbs.stage import Stage

VERBS = frozenset(
    [
        "accept_connections",
        "add_account",
        "add_app",
        "add_channel",
        "add_channels",
        "advance",
        "announce",
        "approve_device",
        "arrive",
        "ban",
        "clear_chat",
        "configure",
        "consent_as",
        "cut",
        "delete_message",
        "deny_device",
        "disconnect_app",
        "drain_points",
        "end_shared_chat",
        "expire_token",
        "fail_http",
        "fail_logins",
        "flap",
        "freeze",
        "gift_bomb",
        "give_role",
        "go_live",
        "go_offline",
        "heal",
        "leave",
        "lose_refresh_response",
        "notice",
        "raid",
        "raw",
        "reconnect",
        "refuse_connections",
        "refuse_sends",
        "reinstate",
        "rename",
        "repeat",
        "roomstate",
        "say",
        "say_odd",
        "send_ping",
        "set_title",
        "set_viewers",
        "share_chat",
        "silent",
        "slice_writes",
        "start_chatter",
        "start_load",
        "start_schedule",
        "stop_all",
        "stop_chatter",
        "stop_load",
        "stop_schedule",
        "subscribe",
        "suspend",
        "thaw",
        "timeout",
        "unban",
        "usernotice",
        "withhold_clips",
    ]
)


class UnknownVerbError(LookupError):
    """There is no verb of this name."""


class BadArgumentsError(ValueError):
    """A verb was called with arguments that it does not take."""


async def perform(stage: Stage, verb: str, arguments: Mapping[str, Any]) -> object:
    """Carry out a verb by name and return its result as JSON-ready values."""
    if verb not in VERBS:
        raise UnknownVerbError(f"unknown verb: {verb}")
    method = getattr(stage, verb)
    try:
        inspect.signature(method).bind(**arguments)
    except TypeError as error:
        raise BadArgumentsError(f"{verb}: {error}") from error
    result = method(**arguments)
    return plain(await result if inspect.isawaitable(result) else result)


def plain(value: object) -> object:
    """Turn a verb's result into JSON-ready values."""
    if isinstance(value, Room):
        return {"room_id": value.room_id, "login": value.login}
    if isinstance(value, Person):
        return {"user_id": value.user_id, "login": value.login}
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value
