"""Say something in a channel."""

from __future__ import annotations

import time
from dataclasses import dataclass

from twitchbot.domain.errors import ChannelNotJoinedError
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.bot.read import PrimaryChannel
from twitchbot.usecases.ports.chat_source import SendOutcome


@dataclass(slots=True, frozen=True)
class SendMessage:
    """Send a text to a channel, or to the primary one, and report what became of it."""

    bot: Bot
    primary: PrimaryChannel

    async def __call__(
        self, channel: str, text: str, patience_s: float, reply_to: str = ""
    ) -> SendOutcome:
        """Return within `patience_s`, once it is known to be delivered or dropped."""
        started = time.monotonic()
        source = self.bot.require()
        target = channel or await self.primary()
        if not target:
            raise ChannelNotJoinedError("no channel is joined: name one, or set TWITCH_CHANNEL")
        left_s = patience_s - (time.monotonic() - started)
        return await source.send(target, text, left_s, reply_to)
