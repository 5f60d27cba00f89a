"""Answers to PING, which a hostile server could ask for without end."""

from __future__ import annotations

from collections.abc import Callable

from twitchbot.adapters.twitch.chat.limits import SlidingWindow

MAX_TOKEN_BYTES = 512
MAX_PER_SECOND = 10


class Pongs:
    """Answers each token once, and only so many in a second."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._window = SlidingWindow(1.0)
        self._token = ""
        self._answered_at = float("-inf")

    def answer(self, token: str) -> str:
        """Return the line to send, empty if this PING gets no answer."""
        now = self._monotonic()
        is_repeated = token == self._token and now - self._answered_at < 1.0
        if is_repeated or self._window.wait_s(now, MAX_PER_SECOND) > 0:
            return ""
        self._window.count(now)
        self._token, self._answered_at = token, now
        cut = token.encode()[:MAX_TOKEN_BYTES].decode("utf-8", "ignore")
        return f"PONG :{cut}"
