"""Finding the platform's id of a channel that callers name by its login."""

from __future__ import annotations

from twitchbot.usecases.ports.unit_of_work import Repositories


async def channel_id_of(uow: Repositories, login: str) -> str:
    """Return a channel's id; empty when the channel was never joined."""
    channel = await uow.channels.get(login)
    return channel.channel_id if channel else ""
