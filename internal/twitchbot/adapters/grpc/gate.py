"""Who may come in: as many calls at once as the server takes, and none once it is closing."""

from __future__ import annotations

import asyncio

from twitchbot.adapters.grpc.errors import TooManyCallsError
from twitchbot.domain.errors import ShuttingDownError

RETRY_WHEN_FULL_S = 0.5
RETRY_WHEN_CLOSING_S = 2.0


class Gate:
    """Counts the calls under way."""

    def __init__(self, max_calls: int) -> None:
        self._max_calls = max_calls
        self._calls = 0
        self._closed = False
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def calls(self) -> int:
        """How many calls are under way."""
        return self._calls

    def enter(self) -> None:
        """Let a call in.

        Raises:
            ShuttingDownError: the gate was closed.
            TooManyCallsError: as many calls as allowed are inside.
        """
        if self._closed:
            raise ShuttingDownError(
                "the service is shutting down", retry_after_s=RETRY_WHEN_CLOSING_S
            )
        if self._calls >= self._max_calls:
            raise TooManyCallsError(
                f"{self._max_calls} calls are under way already", retry_after_s=RETRY_WHEN_FULL_S
            )
        self._calls += 1
        self._empty.clear()

    def leave(self) -> None:
        """Let a call out that came in."""
        self._calls -= 1
        if self._calls == 0:
            self._empty.set()

    def close(self) -> None:
        """Let nobody in from now on."""
        self._closed = True

    async def wait_empty(self) -> None:
        """Wait until no call is inside."""
        await self._empty.wait()
