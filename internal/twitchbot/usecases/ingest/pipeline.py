"""The way of a chat line through the service."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.domain.message import ChatMessage, NewMessage
from twitchbot.support.backoff import backoff
from twitchbot.usecases.ingest.intake import Intake
from twitchbot.usecases.ports.chat_translator import ChatTranslator
from twitchbot.usecases.ports.metrics import Metrics
from twitchbot.usecases.streams.stream_router import StreamRouter

RETRY_BASE_S = 0.2
RETRY_MAX_S = 5.0


class IngestPipeline:
    """Translates lines, shows them to the commands at once, and stores them in batches.

    `receive` is called by the chat connection and never waits; `run` is a task of its own.
    """

    def __init__(
        self,
        *,
        translate: ChatTranslator,
        router: StreamRouter,
        intake: Intake,
        store: Callable[[Sequence[NewMessage]], Awaitable[None]],
        metrics: Metrics,
        on_message: Callable[[ChatMessage], None],
        on_outage: Callable[[DatabaseUnavailableError | None], None],
    ) -> None:
        self._translate = translate
        self._router = router
        self._intake = intake
        self._store = store
        self._metrics = metrics
        self._on_message = on_message
        self._on_outage = on_outage
        self._stored = 0
        self._being_stored = 0

    @property
    def stored(self) -> int:
        """How many messages were handed to the database and committed."""
        return self._stored

    @property
    def waiting(self) -> int:
        """How many messages wait to be stored, those of the batch under way among them."""
        return len(self._intake) + self._being_stored

    def receive(self, line: bytes, received_us: int) -> None:
        """Take a raw chat line; one that holds no message is counted and forgotten."""
        self._metrics.line_received()
        message = self._translate(line, received_us)
        if message is None:
            self._metrics.line_unreadable()
            return
        self.keep(message)
        self._on_message(message)

    def keep(self, message: ChatMessage) -> None:
        """Store a message without showing it to the commands: what the bot itself said."""
        stream_id = self._router.stream_of(message.channel_id)
        self._intake.put(NewMessage(message.key(), stream_id, message))

    def close(self) -> None:
        """Take nothing more; `run` returns when all that waits is stored."""
        self._intake.close()

    async def run(self) -> None:
        """Store batches until closed and empty."""
        while batch := await self._intake.next_batch():
            self._being_stored = len(batch)
            await self._store_patiently(batch)
            self._stored += len(batch)
            self._being_stored = 0

    async def _store_patiently(self, batch: Sequence[NewMessage]) -> None:
        delays_s = backoff(RETRY_BASE_S, RETRY_MAX_S)
        in_outage = False
        while True:
            try:
                await self._store(batch)
                break
            except DatabaseUnavailableError as error:
                if not in_outage:
                    in_outage = True
                    self._on_outage(error)
                await asyncio.sleep(next(delays_s))
        if in_outage:
            self._on_outage(None)
