"""Where chat commands wait for their answers, apart from ingest."""

from __future__ import annotations

import asyncio
import logging

from twitchbot.domain.message import ChatMessage
from twitchbot.usecases.commands.answer_command import (
    LOOKUP_PATIENCE_S,
    SEND_PATIENCE_S,
    AnswerCommand,
)
from twitchbot.usecases.ports.metrics import Metrics

MAX_WAITING = 64
WORKERS = 4
# An answer that keeps to its own times is never cut off, which could hide that it was sent.
HANDLING_TIMEOUT_S = LOOKUP_PATIENCE_S + SEND_PATIENCE_S + 1.0

log = logging.getLogger(__name__)


class CommandDesk:
    """A bounded queue with a few workers: a slow answer delays other answers, never the log.

    When too many wait, further ones are dropped and counted.
    """

    def __init__(self, answer: AnswerCommand, metrics: Metrics) -> None:
        self._answer = answer
        self._metrics = metrics
        self._waiting: asyncio.Queue[ChatMessage] = asyncio.Queue(MAX_WAITING)

    def hear(self, message: ChatMessage) -> None:
        """Take a message that was just said; returns at once."""
        if not self._answer.concerns(message):
            return
        try:
            self._waiting.put_nowait(message)
        except asyncio.QueueFull:
            self._metrics.command_answered("dropped")

    async def run(self) -> None:
        """Answer commands until cancelled."""
        async with asyncio.TaskGroup() as workers:
            for _ in range(WORKERS):
                workers.create_task(self._work())

    async def _work(self) -> None:
        while True:
            message = await self._waiting.get()
            try:
                async with asyncio.timeout(HANDLING_TIMEOUT_S):
                    await self._answer(message)
            except TimeoutError:
                self._metrics.command_answered("timed out")
            except Exception:
                # A bug in an answer must cost this answer only: the same process keeps the log.
                self._metrics.command_answered("failed")
                log.exception("command failed", extra={"channel": message.channel})
