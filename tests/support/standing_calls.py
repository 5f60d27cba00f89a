"""A method that stands still, for tests of what happens to calls under way."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any, cast

from twitchbot.usecases.application import Application

ACTIVE = "StreamService/GetActiveStream"
ACTIVE_PATH = f"/twitchbot.{ACTIVE}"


class Door:
    """A use case that stands still until it is opened."""

    def __init__(self, application: Application) -> None:
        self._answer = application.streams.get_active
        self.inside = 0
        self.cancelled = 0
        self.opened = asyncio.Event()

    async def __call__(self, channel: str) -> object:
        self.inside += 1
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return await self._answer(channel)


def with_active(application: Application, use_case: object) -> Application:
    """Return the application with another use case behind GetActiveStream."""
    streams = dataclasses.replace(application.streams, get_active=cast("Any", use_case))
    return dataclasses.replace(application, streams=streams)
