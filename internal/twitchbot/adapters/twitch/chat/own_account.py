"""The account we are logged in as, and how it stands in each channel."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from twitchbot.adapters.twitch.chat.events import OwnProfile, OwnState
from twitchbot.adapters.twitch.chat.sanity import (
    read_badges,
    sane_badge_info,
    sane_color,
)
from twitchbot.domain.message import ChatMessage

_ME = "/me "


class OwnAccount:
    """What Twitch tells of the account during one connection.

    Twitch does not echo our own messages, so they are made here from what it tells of us.
    """

    def __init__(self, login: str, user_id: str) -> None:
        self.login = login
        self.user_id = user_id
        self._display_name = ""
        self._color = ""
        self._states: dict[str, OwnState] = {}

    def learn_profile(self, profile: OwnProfile) -> None:
        """Take how Twitch shows the account."""
        self.user_id = profile.user_id or self.user_id
        self._display_name = profile.display_name
        self._color = sane_color(profile.color)

    def learn_state(self, state: OwnState) -> bool:
        """Take how it stands in a channel; True if this was the first word on it.

        The first comes with the join, each further one with an accepted message.
        """
        is_first = state.channel not in self._states
        self._states[state.channel] = state
        return is_first

    def forget(self, channel: str) -> None:
        """Forget a channel that we have left."""
        self._states.pop(channel, None)

    def is_privileged(self, channel: str) -> bool:
        """Tell whether we are moderator, VIP or broadcaster in a channel."""
        state = self._states.get(channel)
        if state is None:
            return channel == self.login
        _, (is_broadcaster, _, is_moderator, is_vip, _) = read_badges(state.badges)
        return is_broadcaster or is_moderator or is_vip or state.is_moderator

    def message(self, channel: str, channel_id: str, text: str, now: datetime) -> ChatMessage:
        """Return a message of ours as Twitch would have sent it; it has an id of our own making."""
        state = self._states[channel]
        badges, (is_broadcaster, is_lead, is_moderator, is_vip, is_subscriber) = read_badges(
            state.badges
        )
        received_us = round(now.timestamp() * 1_000_000)
        return ChatMessage(
            message_id=state.message_id or f"own:{uuid4()}",
            channel_id=channel_id,
            channel=channel,
            user_id=self.user_id,
            username=self.login,
            display_name=self._display_name or self.login,
            text=text.removeprefix(_ME),
            is_action=text.startswith(_ME),
            is_broadcaster=is_broadcaster,
            is_lead_moderator=is_lead,
            is_moderator=is_moderator or state.is_moderator,
            is_vip=is_vip,
            is_subscriber=is_subscriber,
            badges=badges,
            badge_info=sane_badge_info(state.badge_info),
            color=self._color,
            sent_ms=received_us // 1000,
            sent_ms_estimated=True,
            received_us=received_us,
        )
