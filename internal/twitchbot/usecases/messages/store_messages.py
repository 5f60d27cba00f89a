"""Store messages with everything that is counted from them."""

from __future__ import annotations

from collections.abc import Sequence

from twitchbot.domain.message import NewMessage
from twitchbot.domain.tally import tally
from twitchbot.usecases.ports.unit_of_work import Repositories


async def store_messages(uow: Repositories, batch: Sequence[NewMessage]) -> Sequence[NewMessage]:
    """Store the messages that are not there yet, raise the counters by them, and return them.

    A message that the batch holds twice counts once.
    """
    unseen = set(await uow.messages.add(batch))
    fresh: list[NewMessage] = []
    for new in batch:
        if new.key in unseen:
            unseen.remove(new.key)
            fresh.append(new)
    sums = tally(fresh)
    await uow.viewers.record(sums.viewers)
    await uow.channel_viewers.record(sums.channel_viewers)
    await uow.streams.add_messages(sums.streams)
    return fresh
