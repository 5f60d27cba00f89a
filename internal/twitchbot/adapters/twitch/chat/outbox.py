"""Messages on their way out, and what became of them.

Twitch answers a message with our state in the channel if it was delivered, or with a notice if it
was not. Neither names the message, so answers are matched per channel in the order of sending.
A message without any answer counts as not delivered, code `no_confirmation`: it may have been.
The same text twice within 30 s is refused by Twitch (`msg_duplicate`), and we say so.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from twitchbot.adapters.twitch.chat.limits import SendLimiter
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.errors import LimitReachedError, QueueFullError
from twitchbot.usecases.ports.chat_source import SendOutcome

NO_CONFIRMATION = "no_confirmation"
CONNECTION_LOST = "connection_lost"

# Twitch answers in a fraction of this.
MIN_ANSWER_S = 0.5

# Notices that say: your message was not sent. Other codes tell of the room or of old commands.
BLOCKING_CODES = frozenset(
    {
        "msg_bad_characters",
        "msg_banned",
        "msg_banned_email_alias",
        "msg_channel_blocked",
        "msg_channel_suspended",
        "msg_duplicate",
        "msg_emoteonly",
        "msg_facebook",
        "msg_followersonly",
        "msg_followersonly_followed",
        "msg_followersonly_zero",
        "msg_r9k",
        "msg_ratelimit",
        "msg_rejected",
        "msg_rejected_mandatory",
        "msg_requires_verified_phone_number",
        "msg_room_not_found",
        "msg_slowmode",
        "msg_subsonly",
        "msg_suspended",
        "msg_timedout",
        "msg_verified_email",
        "no_permission",
        "tos_ban",
        "unavailable_command",
        "unrecognized_cmd",
    }
)


@dataclass(slots=True, eq=False)
class _Sent:
    text: str
    expires_at: float
    outcome: asyncio.Future[SendOutcome]


@dataclass(slots=True, eq=False)
class _Lane:
    """One channel's messages: those that wait for their turn, and those that wait for an answer."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    # Bounded by the send limit: each answer, and the end of the connection, clears what is past.
    sent: deque[_Sent] = field(default_factory=deque)


class Outbox:
    """Sends each channel's messages one after the other, within the limits of the account."""

    def __init__(
        self,
        settings: ChatSettings,
        limiter: SendLimiter,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._limiter = limiter
        self._monotonic = monotonic
        self._lanes: dict[str, _Lane] = {}

    async def send(
        self,
        channel: str,
        text: str,
        patience_s: float,
        *,
        privileged: bool,
        write: Callable[[], None],
    ) -> SendOutcome:
        """Call `write` when it is this message's turn, and return what Twitch says of it.

        All within `patience_s`. Half of that, or the time that Twitch's answer may take if that is
        less, is kept for the answer: who never hears what became of a message says it again.

        Raises:
            QueueFullError: too many messages to this channel are waiting.
            LimitReachedError: its turn does not come in time.
            TimeoutError: `patience_s` is too short for any answer; nothing was written.
        """
        give_up_at = self._monotonic() + patience_s
        turn_s = patience_s - min(self._settings.send_timeout_s, max(MIN_ANSWER_S, patience_s / 2))
        if turn_s < 0:
            raise TimeoutError
        lane = self._lanes.setdefault(channel, _Lane())
        if lane.waiting >= self._settings.send_queue_length:
            raise QueueFullError(
                f"{lane.waiting} messages to {channel} are waiting",
                retry_after_s=self._settings.limits.message_interval_s,
            )
        lane.waiting += 1
        try:
            async with asyncio.timeout(turn_s), lane.turn:
                await self._limiter.acquire(channel, turn_s, privileged=privileged)
                write()
                sent = self._expect(lane, text)
        except TimeoutError:
            raise LimitReachedError(
                f"the message's turn did not come within {turn_s:.1f} s",
                retry_after_s=self._settings.limits.message_interval_s,
            ) from None
        finally:
            lane.waiting -= 1
        return await self._outcome(sent, give_up_at - self._monotonic())

    def delivered(self, channel: str) -> str | None:
        """Note that Twitch accepted a message; return its text, None if we sent none."""
        return self._settle(channel, SendOutcome(delivered=True))

    def refused(self, channel: str, code: str, detail: str) -> bool:
        """Note that Twitch refused a message; False if we sent none."""
        outcome = SendOutcome(delivered=False, code=code, detail=detail)
        return self._settle(channel, outcome) is not None

    def disconnected(self) -> None:
        """Note that no more answers will come. Nothing is sent twice: it may have been delivered."""
        detail = "the connection was lost before Twitch answered; it may have been delivered"
        outcome = SendOutcome(delivered=False, code=CONNECTION_LOST, detail=detail)
        for channel, lane in list(self._lanes.items()):
            while lane.sent:
                self._settle(channel, outcome)

    def _expect(self, lane: _Lane, text: str) -> _Sent:
        now = self._monotonic()
        while lane.sent and lane.sent[0].expires_at <= now:
            lane.sent.popleft()
        expires_at = now + self._settings.send_timeout_s
        sent = _Sent(text, expires_at, asyncio.get_running_loop().create_future())
        lane.sent.append(sent)
        return sent

    async def _outcome(self, sent: _Sent, patience_s: float) -> SendOutcome:
        answer_s = min(self._settings.send_timeout_s, patience_s)
        try:
            async with asyncio.timeout(answer_s):
                return await asyncio.shield(sent.outcome)
        except TimeoutError:
            detail = f"Twitch said nothing within {answer_s:.1f} s"
            return SendOutcome(delivered=False, code=NO_CONFIRMATION, detail=detail)

    def _settle(self, channel: str, outcome: SendOutcome) -> str | None:
        lane = self._lanes.get(channel)
        if lane is None:
            return None
        self._limiter.answered(channel)
        settled = None
        while lane.sent and settled is None:
            sent = lane.sent.popleft()
            if sent.expires_at > self._monotonic():
                sent.outcome.set_result(outcome)
                settled = sent.text
        if not lane.sent and not lane.waiting:
            del self._lanes[channel]
        return settled
