"""How long to wait before the next connection."""

from __future__ import annotations

from collections.abc import Iterator

from twitchbot.adapters.twitch.chat.session import LoginRefusedError, SessionEndedError
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.errors import ChatUnavailableError
from twitchbot.support.backoff import backoff


class RetryRule:
    """Waits longer after each failure in a row; much longer when the login was refused.

    Only a connection that lived for a while ends the row. So a server that lets us in and throws
    us out, or asks us to reconnect all the time, does not make us hammer it.
    """

    def __init__(self, settings: ChatSettings) -> None:
        self._settings = settings
        self._start_over()

    def delay_s(self, error: SessionEndedError, lived_s: float) -> float:
        """Return how long to wait after a connection that ended so, after so long.

        Raises:
            ChatUnavailableError: there were as many failures in a row as we bear.
        """
        if lived_s > self._settings.stable_after_s:
            self._start_over()
            return 0.0
        self._failures += 1
        most = self._settings.retry_max_attempts
        if most is not None and self._failures >= most:
            raise ChatUnavailableError(
                f"Twitch chat: gave up after {self._failures} failed connections: {error}"
            ) from error
        return next(self._login_delays if isinstance(error, LoginRefusedError) else self._delays)

    def _start_over(self) -> None:
        settings = self._settings
        self._failures = 0
        self._delays: Iterator[float] = backoff(settings.retry_base_s, settings.retry_max_s)
        self._login_delays: Iterator[float] = backoff(
            settings.login_retry_base_s, settings.login_retry_max_s
        )
