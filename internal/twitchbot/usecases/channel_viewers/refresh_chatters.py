"""Write down who is in a channel, also those who say nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from twitchbot.domain.errors import MissingScopeError, TokenRejectedError, UnavailableError
from twitchbot.domain.tally import ChannelSighting, ViewerSighting
from twitchbot.domain.unix_time import unix_ms
from twitchbot.domain.viewer import Chatter
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.helix import Helix
from twitchbot.usecases.ports.unit_of_work import Database

log = logging.getLogger(__name__)

# The rows of one transaction: few enough that chat does not wait for them.
ROWS_AT_ONCE = 500


@dataclass(slots=True, frozen=True)
class RefreshChatters:
    """Record a channel's chatter list, where we may see it.

    Only a moderator with the right scope may. A channel where we may not is not asked about again
    by the same account.
    """

    database: Database
    helix: Helix
    clock: Clock
    _refused: set[str] = field(default_factory=set, init=False, repr=False)

    async def __call__(self, channel: str, channel_id: str) -> int:
        """Return how many people were recorded; 0 when Twitch does not tell."""
        if channel_id in self._refused:
            return 0
        try:
            chatters = await self.helix.chatters(channel_id)
        except MissingScopeError as refused:
            self._refused.add(channel_id)
            log.info("chatters not shown", extra={"channel": channel, "reason": refused.message})
            return 0
        except (TokenRejectedError, UnavailableError) as failure:
            log.warning("chatters not read", extra={"channel": channel, "reason": failure.message})
            return 0
        await self._record(channel_id, chatters)
        return len(chatters)

    def ask_anew(self) -> None:
        """Forget where we were refused: another account, or more scopes, may change that."""
        self._refused.clear()

    async def _record(self, channel_id: str, chatters: Sequence[Chatter]) -> None:
        seen_ms = unix_ms(self.clock.now())
        # In the order that every transaction shares, against deadlocks.
        in_order = sorted(chatters, key=lambda chatter: chatter.user_id)
        for start in range(0, len(in_order), ROWS_AT_ONCE):
            some = in_order[start : start + ROWS_AT_ONCE]
            async with self.database.write() as uow:
                await uow.viewers.record([_viewer(chatter, seen_ms) for chatter in some])
                await uow.channel_viewers.record(
                    [_channel_viewer(chatter, channel_id, seen_ms) for chatter in some]
                )


def _viewer(chatter: Chatter, seen_ms: int) -> ViewerSighting:
    return ViewerSighting(
        twitch_id=chatter.user_id,
        username=chatter.username,
        display_name=chatter.display_name,
        first_ms=seen_ms,
        last_ms=seen_ms,
        streams={},
    )


def _channel_viewer(chatter: Chatter, channel_id: str, seen_ms: int) -> ChannelSighting:
    return ChannelSighting(
        channel_id=channel_id,
        twitch_id=chatter.user_id,
        username=chatter.username,
        display_name=chatter.display_name,
        first_ms=seen_ms,
        last_ms=seen_ms,
        is_moderator=None,
        is_vip=None,
    )
