"""JOIN and PART: who gets into a room, and what the client hears about it."""

from functools import partial
from typing import TYPE_CHECKING

from twitchsim.author import userstate_tags
from twitchsim.lines import Tags, line, names, prefix_of
from twitchsim.notices import notice_text
from twitchsim.room import Room

if TYPE_CHECKING:
    from twitchsim.irc.session import IrcSession

_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


class Joining:
    """The rooms of one session."""

    def __init__(self, session: "IrcSession") -> None:
        self._session = session
        self._state = session.state

    def join(self, channels: str) -> None:
        """Join each channel of a comma list until the limit closes the connection."""
        for channel in channels.split(","):
            if not self._within_limit():
                self._state.counts["irc.join_limit_hits"] += 1
                self._session.wire.close("join limit")
                return
            self._state.counts["irc.joins"] += 1
            name = channel.removeprefix("#")
            delay_s = self._state.settings.times.join_delay_s
            if delay_s > 0:
                self._session.later(delay_s, partial(self._try, name))
            else:
                self._try(name)

    def part(self, channels: str) -> None:
        """Leave each channel of a comma list, with an echo for those that were joined."""
        for channel in channels.split(","):
            name = channel.removeprefix("#")
            if name in self._session.joined:
                self.leave(name)
                prefix = prefix_of(self._session.login)
                self._session.wire.write(line(prefix, "PART", f"#{name}"))

    def leave(self, name: str) -> None:
        """Take the session out of a room without a word."""
        session = self._session
        room = session.joined.pop(name)
        if room in session.joined.values():
            return
        room.members.pop(session, None)
        release_s = self._state.settings.times.channel_release_s
        self._state.limits.leave_seat(session.account, room.room_id, release_s)
        person = session.person
        if person is not None and not session.server.present(person.user_id, room.room_id):
            session.server.membership.leave(room, person)

    def _within_limit(self) -> bool:
        session, limits = self._session, self._state.settings.limits
        if session.person is None and not limits.anonymous_joins_count:
            return True
        verified = session.person is not None and session.person.verified_bot
        return self._state.limits.of(session.account).joins.hit(
            self._state.clock.monotonic(),
            limits.verified_joins if verified else limits.joins,
            limits.join_window_s,
        )

    def _try(self, name: str) -> None:
        session = self._session
        room = self._state.world.find_room(name) if set(name) <= _CHARACTERS else None
        if room is None or room.silent or name in session.joined:
            return
        refusal = self._refusal(room)
        if refusal:
            self._state.counts[f"irc.joins_refused.{refusal}"] += 1
            self._notice(room, refusal)
            return
        self._enter(room)

    def _refusal(self, room: Room) -> str:
        """Return the msg-id that refuses the JOIN, or nothing."""
        person = self._session.person
        if room.owner.suspended:
            return "msg_channel_suspended"
        if person is not None:
            ban = room.active_ban(person.user_id, self._state.clock.now())
            if ban is not None and ban.until is None:
                return "msg_banned"
        return "msg_concurrent_channel_limit_reached" if self._is_full(room) else ""

    def _is_full(self, room: Room) -> bool:
        limits, person = self._state.settings.limits, self._session.person
        if person is None and not limits.anonymous_channels_count:
            return False
        if self._is_exempt(room):
            return False
        taken = self._state.limits.seats_taken(self._session.account) - {room.room_id}
        counting = [r for r in taken if not self._is_exempt(self._state.world.rooms[r])]
        return len(counting) >= limits.channels

    def _is_exempt(self, room: Room) -> bool:
        person = self._session.person
        return room.bot_allowed or (person is not None and room.moderated_by(person.user_id))

    def _notice(self, room: Room, msg_id: str) -> None:
        text = notice_text(msg_id, channel=room.login)
        if msg_id == "msg_channel_suspended":
            text = self._session.server.rules.suspended_text()
        tags: Tags = {"msg-id": msg_id}
        if msg_id == "msg_concurrent_channel_limit_reached":
            tags = tags if self._state.settings.quirks.channel_limit_has_tags else {}
        self._session.notice(room, text, tags)

    def _enter(self, room: Room) -> None:
        session, channel = self._session, f"#{room.login}"
        session.joined[room.login] = room
        room.members[session] = None
        self._state.limits.take_seat(session.account, room.room_id)
        if session.person is not None:
            session.server.membership.arrive(room, session.person)
        membership = session.server.membership
        present = membership.names(room, session.login, everyone=session.has("membership"))
        session.wire.write(line(prefix_of(session.login), "JOIN", channel))
        session.wire.write(names(session.login, room.login, present))
        if session.person is not None:
            session.tell("USERSTATE", room, userstate_tags(room, session.person))
        tags = {**room.modes.tags(), "rituals": "0", "room-id": room.room_id}
        session.tell("ROOMSTATE", room, tags)
