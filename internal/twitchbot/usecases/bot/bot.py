"""The bot as the use cases see it: on, or off with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.errors import BotDisabledError
from twitchbot.usecases.ports.chat_source import ChatSource

HOW_TO_ENABLE = (
    "the bot is off (API-only mode): set TWITCH_CHANNEL or TWITCH_CHANNELS to read chat, "
    "and TWITCH_ACCESS_TOKEN or `twitchbot login` to send"
)


@dataclass(slots=True, frozen=True)
class Bot:
    """The chat connection, if there is one, and the channel meant when none is named."""

    source: ChatSource | None
    configured_channels: tuple[str, ...] = ()

    def require(self) -> ChatSource:
        """Return the chat connection, or say what to set to have one."""
        if self.source is None:
            raise BotDisabledError(HOW_TO_ENABLE)
        return self.source
