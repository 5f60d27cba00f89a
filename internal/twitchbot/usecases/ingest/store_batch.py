"""Write a batch of messages with all that follows from them, in one transaction if it can be."""

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

    `on_rejected` hears of each refused message and why, once the rest of its batch is stored.

    Raises:
        DatabaseUnavailableError: not all of the batch is stored; try the whole of it again later.
    """

    database: Database
    metrics: Metrics
    on_rejected: Callable[[NewMessage, BadRowError], None]

    async def __call__(self, batch: Sequence[NewMessage]) -> None:
        """Return when all of the batch is committed or rejected."""
        for new, error in await self._store(batch):
            self.metrics.row_rejected()
            self.on_rejected(new, error)

    async def _store(self, batch: Sequence[NewMessage]) -> list[tuple[NewMessage, BadRowError]]:
        """Store what can be stored; return what was refused."""
        started = time.perf_counter()
        try:
            async with self.database.write() as repositories:
                stored = await store_messages(repositories, batch)
        except BadRowError as error:
            if len(batch) == 1:
                return [(batch[0], error)]
            middle = len(batch) // 2
            return [*await self._store(batch[:middle]), *await self._store(batch[middle:])]
        self.metrics.batch_stored(len(batch), len(stored), time.perf_counter() - started)
        return []
