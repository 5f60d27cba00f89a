"""Write a batch of messages with all that follows from them, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twitchbot.domain.errors import BadRowError
from twitchbot.domain.message import NewMessage
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.metrics import Metrics
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class StoreBatch:
    """Store messages once each; a message that the database refuses costs itself only.

    `on_rejected` hears of each refused message and why.

    Raises:
        DatabaseUnavailableError: nothing of the batch was stored; try again later.
    """

    database: Database
    metrics: Metrics
    on_rejected: Callable[[NewMessage, BadRowError], None]

    async def __call__(self, batch: Sequence[NewMessage]) -> None:
        """Return when all of the batch is committed or rejected."""
        started = time.perf_counter()
        try:
            async with self.database.write() as repositories:
                stored = await store_messages(repositories, batch)
        except BadRowError as error:
            await self._store_halves(batch, error)
            return
        self.metrics.batch_stored(len(batch), len(stored), time.perf_counter() - started)

    async def _store_halves(self, batch: Sequence[NewMessage], error: BadRowError) -> None:
        if len(batch) == 1:
            self.metrics.row_rejected()
            self.on_rejected(batch[0], error)
            return
        middle = len(batch) // 2
        await self(batch[:middle])
        await self(batch[middle:])
