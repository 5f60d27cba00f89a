"""A chat platform in memory: it joins what it is told to, unless scripted otherwise."""

from __future__ import annotations

from collections.abc import Collection

from twitchbot.domain.channel import ChannelProblem, ChannelState, ChannelStatus
from twitchbot.domain.errors import ChannelNotJoinedError, TwitchbotError
from twitchbot.usecases.ports.chat_source import (
    ChatSource,
    ChatStatus,
    JoinOutcome,
    SendOutcome,
)

DELIVERED = SendOutcome(delivered=True)


class ScriptedChat(ChatSource):
    """Remembers what it was told; `refusals`, `drop` and `failure` script the trouble."""

    def __init__(self, own_user_id: str = "1001") -> None:
        self.room_ids: dict[str, str] = {}
        self.kept: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.refusals: dict[str, ChannelProblem] = {}
        self.drop: SendOutcome | None = None
        self.failure: TwitchbotError | None = None
        self._own_user_id = own_user_id

    @property
    def own_user_id(self) -> str:
        return self._own_user_id

    async def join(self, channel: str, patience_s: float) -> JoinOutcome:
        if channel not in self.kept:
            self.kept.append(channel)
        if self.failure is not None:
            raise self.failure
        problem = self.refusals.get(channel)
        return JoinOutcome(joined=problem is None, problem=problem)

    def keep(self, channels: Collection[str]) -> None:
        self.kept += [channel for channel in channels if channel not in self.kept]

    async def part(self, channel: str) -> bool:
        if channel not in self.kept:
            return False
        self.kept.remove(channel)
        return True

    async def send(
        self, channel: str, text: str, patience_s: float, reply_to: str = ""
    ) -> SendOutcome:
        if self.failure is not None:
            raise self.failure
        if channel not in self.kept:
            raise ChannelNotJoinedError(f"not in {channel}")
        if self.drop is not None:
            return self.drop
        self.said.append((channel, text))
        return DELIVERED

    def status(self) -> ChatStatus:
        return ChatStatus(
            connected=True,
            authenticated=True,
            anonymous=False,
            login="mybot",
            user_id=self._own_user_id,
            connected_since=None,
            last_error="",
            lines_received=0,
            reconnects=0,
            channels=[
                ChannelStatus(
                    channel=channel,
                    channel_id=self.room_ids.get(channel, ""),
                    state=ChannelState.JOINED,
                )
                for channel in self.kept
            ],
        )

    def pause_reading(self) -> None:
        raise AssertionError("nothing here reads faster than it can be stored")

    def resume_reading(self) -> None:
        raise AssertionError("nothing here was paused")
