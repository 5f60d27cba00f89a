"""Our side of a simulated Twitch chat, in a hurry: what takes seconds takes a fraction here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.waiting import eventually
from twitchbot.adapters.twitch.chat.limits import LimitSettings
from twitchbot.adapters.twitch.chat.settings import ChatSettings, Credentials
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.adapters.twitch.chat.translate import translate
from twitchbot.bootstrap.clock import SystemClock
from twitchbot.domain.channel import ChannelProblem
from twitchbot.domain.message import ChatMessage
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

# Twitch's windows, about ten times shorter, and ours in the same measure. Between them lies more
# room than in reality, because on a busy machine a line takes its time to the other side.
HASTE = 10
SCALED_LIMITS = {
    "join_window_s": 0.8,
    "login_window_s": 0.8,
    "message_window_s": 2.7,
    "message_interval_s": 0.03,
}
QUICK = ChatSettings(
    tls=False,
    connect_timeout_s=2.0,
    login_timeout_s=0.5,
    retry_base_s=0.02,
    retry_max_s=0.1,
    login_retry_base_s=0.3,
    login_retry_max_s=1.0,
    stable_after_s=0.0,
    join_timeout_s=0.2,
    send_timeout_s=5.0,
    limits=LimitSettings(
        join_window_s=11.0 / HASTE,
        login_window_s=11.0 / HASTE,
        message_window_s=31.0 / HASTE,
        message_interval_s=1.1 / HASTE,
    ),
)


@dataclass(slots=True, kw_only=True)
class Ears:
    """What a source told, and the credentials that it asks for."""

    credentials: Credentials | None = None
    renewed: Credentials | None = None
    is_guest_after_rejection: bool = False
    lines: list[bytes] = field(default_factory=list)
    own: list[ChatMessage] = field(default_factory=list)
    joined: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, ChannelProblem]] = field(default_factory=list)
    rejected_tokens: list[str] = field(default_factory=list)
    times_asked: int = 0

    def texts(self) -> list[str]:
        """Return what was said, in the order heard."""
        messages = (translate(line, 0) for line in self.lines)
        return [message.text for message in messages if message is not None]

    async def give_credentials(self) -> Credentials | None:
        """Hand out the credentials."""
        self.times_asked += 1
        return self.credentials

    async def renew(self, token: str) -> bool:
        """Put the renewed credentials in the place of the rejected ones, if there are any."""
        self.rejected_tokens.append(token)
        if self.is_guest_after_rejection:
            self.credentials = None
        if self.renewed is None:
            return False
        self.credentials = self.renewed
        return True

    def note_refused(self, channel: str, problem: ChannelProblem, detail: str) -> None:
        """Take note of a refusal."""
        assert detail
        self.refused.append((channel, problem))


def credentials_of(account: Account, scopes: frozenset[str] | None = None) -> Credentials:
    """Return what logs in as an account of the simulator."""
    return Credentials(login=account.login, access_token=account.token, scopes=scopes)


def settings_for(sim: TwitchSim, **changes: Any) -> ChatSettings:
    """Return hasty settings for a simulator, changed by name."""
    return replace(replace(QUICK, host=sim.host, port=sim.irc_port), **changes)


def a_chat_source(settings: ChatSettings, ears: Ears) -> TwitchChatSource:
    """Build a source that tells these ears."""
    return TwitchChatSource(
        settings,
        clock=SystemClock(),
        credentials=ears.give_credentials,
        on_message=lambda line, _: ears.lines.append(line),
        on_own_message=ears.own.append,
        on_joined=lambda channel, channel_id: ears.joined.append((channel, channel_id)),
        on_refused=ears.note_refused,
        on_login_failed=ears.renew,
    )


@asynccontextmanager
async def a_running_source(
    sim: TwitchSim, ears: Ears, **changes: Any
) -> AsyncIterator[TwitchChatSource]:
    """Run a source until the end of the block; it must end by itself when it is stopped."""
    source = a_chat_source(settings_for(sim, **changes), ears)
    running = asyncio.create_task(source.run())
    try:
        yield source
    finally:
        await source.stop()
        await asyncio.wait_for(running, timeout=5)


async def connected(source: TwitchChatSource) -> None:
    """Wait until a source is logged in."""
    await eventually(lambda: source.status().connected)
