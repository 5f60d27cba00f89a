"""What a call brings along: its id and its deadline."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any, TypeAlias, cast

import grpc.aio

# A string, because only the type hints know the class as generic.
Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"

REQUEST_ID = "x-request-id"

UNARY_DEADLINE_S = 10.0
JOIN_DEADLINE_S = 30.0
SEND_DEADLINE_S = 20.0
SEARCH_DEADLINE_S = 5.0
# How long a method may take when its caller sets no deadline.
DEADLINES_S: Mapping[str, float] = {
    "/twitchbot.BotService/JoinChannel": JOIN_DEADLINE_S,
    "/twitchbot.BotService/SendMessage": SEND_DEADLINE_S,
    "/twitchbot.MessageService/SearchMessages": SEARCH_DEADLINE_S,
}
# What is left for the answer to travel after a wait of ours.
ANSWER_MARGIN_S = 0.25
MIN_PATIENCE_S = 0.1

_WELL_FORMED = re.compile(r"[!-~]{1,64}")


def request_id_of(context: Context) -> tuple[str, bool]:
    """Return the id of a call, and whether its caller sent one and wants it back."""
    for key, value in context.invocation_metadata() or ():
        if key == REQUEST_ID:
            sent = isinstance(value, str) and _WELL_FORMED.fullmatch(value)
            return (str(value) if sent else _new_id()), True
    return _new_id(), False


def time_remaining_s(context: Context) -> float | None:
    """Return the time until the caller's deadline; None when the caller set none."""
    # The type hints forget that it may be None.
    return cast("float | None", context.time_remaining())


def patience_s(context: Context, default_s: float) -> float:
    """Return how long a handler may wait for somebody else, by the caller's deadline.

    Raises:
        TimeoutError: the answer would come too late, so what was asked for must not happen.
    """
    remaining_s = time_remaining_s(context)
    if remaining_s is not None and remaining_s < MIN_PATIENCE_S:
        raise TimeoutError
    left_s = default_s if remaining_s is None else remaining_s
    return max(MIN_PATIENCE_S, left_s - ANSWER_MARGIN_S)


def _new_id() -> str:
    return secrets.token_hex(8)
