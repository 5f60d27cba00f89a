"""Subscriptions, gifts, raids and the other USERNOTICEs."""

import secrets

from twitchsim.lines import Tags
from twitchsim.room import Said
from twitchsim.usernotices import TIERS, announcement, build
from twitchsim.verbs.stage import Stage


class NoticeVerbs(Stage):
    """Let people do what Twitch announces."""

    def usernotice(
        self,
        channel: str,
        kind: str,
        user: str,
        text: str = "",
        *,
        system_msg: str | None = None,
        params: Tags | None = None,
        tags: dict[str, str | None] | None = None,
    ) -> Said:
        """Send a USERNOTICE of any kind, also one that nobody knows.

        ``params`` become ``msg-param-*``; ``tags`` replace whole tags, None leaves one out.
        """
        room, person = self.room(channel), self.state.world.person(user)
        built = build(kind, room, person, params, system_msg)
        return self.parts.rooms.usernotice(room, person, built, text, tags or {})

    def subscribe(
        self, channel: str, user: str, text: str = "", *, months: int = 1, plan: str = "1000"
    ) -> Said:
        """Let somebody subscribe, for the first time or again."""
        room, person = self.room(channel), self.state.world.person(user)
        room.subscribers[person.user_id] = months
        system = f"{person.display_name} subscribed at {TIERS[plan]}."
        if plan == "Prime":
            system = f"{person.display_name} subscribed with Twitch Prime."
        if months > 1:
            system += f" They've subscribed for {months} months!"
        params = {"cumulative-months": str(months), "sub-plan": plan}
        kind = "resub" if months > 1 else "sub"
        return self.usernotice(channel, kind, user, text, system_msg=system, params=params)

    def gift_bomb(
        self, channel: str, user: str, recipients: list[str], *, sender_count: int | None = None
    ) -> list[Said]:
        """Gift subscriptions: one submysterygift, then a subgift for each recipient."""
        room, person = self.room(channel), self.state.world.person(user)
        name, count = person.display_name, len(recipients)
        total = count if sender_count is None else sender_count
        origin = secrets.token_bytes(6).hex(" ")
        community = room.owner.display_name
        head = self.usernotice(
            channel,
            "submysterygift",
            user,
            system_msg=f"{name} is gifting {count} Tier 1 Subs to {community}'s community! "
            f"They've gifted a total of {total} in the channel!",
            params={
                "mass-gift-count": str(count),
                "origin-id": origin,
                "sender-count": str(total),
            },
        )
        return [head, *(self._gift(channel, user, login, origin) for login in recipients)]

    def _gift(self, channel: str, user: str, recipient: str, origin: str) -> Said:
        person, name = self.state.world.person(recipient), self.state.world.person(user)
        self.room(channel).subscribers.setdefault(person.user_id, 1)
        return self.usernotice(
            channel,
            "subgift",
            user,
            system_msg=f"{name.display_name} gifted a Tier 1 sub to {person.display_name}!",
            params={
                "origin-id": origin,
                "sender-count": "0",
                "recipient-id": person.user_id,
                "recipient-user-name": person.login,
                "recipient-display-name": person.display_name,
            },
        )

    def raid(self, channel: str, raider: str, viewers: int) -> Said:
        """Let another channel raid this one."""
        name = self.state.world.person(raider).display_name
        return self.usernotice(
            channel,
            "raid",
            raider,
            system_msg=f"{viewers} raiders from {name} have joined!",
            params={"viewerCount": str(viewers)},
        )

    def announce(self, channel: str, user: str, text: str, color: str = "PRIMARY") -> Said:
        """Send an announcement."""
        room, person = self.room(channel), self.state.world.person(user)
        return self.parts.rooms.usernotice(room, person, announcement(color), text)
