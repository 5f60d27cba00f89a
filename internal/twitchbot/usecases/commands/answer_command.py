"""Answer a command that somebody typed into chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from twitchbot.domain.chat_text import sayable, visible
from twitchbot.domain.command import PREFIX
from twitchbot.domain.errors import TwitchbotError
from twitchbot.domain.message import ChatMessage
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.commands.execute_command import ExecuteCommand
from twitchbot.usecases.ports.metrics import Metrics

LOOKUP_PATIENCE_S = 5.0
SEND_PATIENCE_S = 10.0


@dataclass(slots=True, frozen=True)
class AnswerCommand:
    """Run `!name` from chat and say its response in the channel where it was asked.

    Refusals stay silent: a bot that explains each cooldown fills the chat it should serve.
    """

    bot: Bot
    execute: ExecuteCommand
    metrics: Metrics

    def concerns(self, message: ChatMessage) -> bool:
        """Tell whether a message may be a command for us: cheap, asked for every message.

        Nothing is for a guest, who could not answer: a use would only start a cooldown.
        """
        return (
            PREFIX in message.text[:8]
            and not message.is_shared_copy
            and self.bot.require().own_user_id not in ("", message.user_id)
            and visible(message.text).startswith(PREFIX)
        )

    async def __call__(self, message: ChatMessage) -> None:
        try:
            outcome = await self._answer(message)
        except TwitchbotError as error:
            outcome = error.reason.lower()
        self.metrics.command_answered(outcome)

    async def _answer(self, message: ChatMessage) -> str:
        async with asyncio.timeout(LOOKUP_PATIENCE_S):
            result = await self.execute(
                visible(message.text).split(" ", 1)[0],
                is_moderator=message.is_moderator or message.is_broadcaster,
                is_subscriber=message.is_subscriber,
            )
        if not result.success:
            return result.error
        text = sayable(result.response)
        if not text:
            return "empty response"
        sent = await self.bot.require().send(message.channel, text, SEND_PATIENCE_S)
        return "answered" if sent.delivered else sent.code
