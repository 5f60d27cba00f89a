"""Bans, timeouts, deletions and room modes, and the lines that tell of them."""

from dataclasses import replace

from twitchsim.irc.server import IrcServer
from twitchsim.ledger import LineKind
from twitchsim.lines import SERVER, Tags, line, notice
from twitchsim.notices import notice_text, spell_minutes
from twitchsim.room import Ban, Person, Room, Said
from twitchsim.rooms import Rooms
from twitchsim.state import SimState


class Moderation:
    """Changes who may be in a room and what stands in it."""

    def __init__(self, state: SimState, rooms: Rooms, irc: IrcServer) -> None:
        self._state = state
        self._rooms = rooms
        self._irc = irc

    def ban(
        self,
        room: Room,
        person: Person,
        *,
        duration_s: int | None = None,
        reason: str = "",
        moderator_id: str = "",
    ) -> Ban:
        """Ban somebody, or time them out; a banned client is parted from the room."""
        now = self._state.clock.now()
        until = None if duration_s is None else now + duration_s
        ban = Ban(until=until, created_at=now, reason=reason, moderator_id=moderator_id)
        room.bans[person.user_id] = ban
        tags: Tags = {"target-user-id": person.user_id}
        if duration_s is not None:
            tags["ban-duration"] = str(duration_s)
        self._clear(room, tags, person.login)
        for message_id in [m for m, said in room.recent.items() if said.user is person]:
            del room.recent[message_id]
        if duration_s is None:
            for session in self._irc.find(login=person.login):
                session.expel(room)
        return ban

    def unban(self, room: Room, person: Person) -> bool:
        """Lift a ban or timeout, of which chat hears nothing; tell whether there was one."""
        found = room.active_ban(person.user_id, self._state.clock.now())
        room.bans.pop(person.user_id, None)
        return found is not None

    def clear_chat(self, room: Room) -> int:
        """Clear the whole chat."""
        room.recent.clear()
        return self._clear(room, {}, None)

    def delete(self, room: Room, said: Said) -> int:
        """Delete one message; as on Twitch, CLEARMSG comes with an empty room-id."""
        now_ms = self._state.clock.now_ms()
        room.recent.pop(said.message_id, None)
        tags = {
            "login": said.user.login,
            "room-id": "",
            "target-msg-id": said.message_id,
            "tmi-sent-ts": str(now_ms),
        }
        data = line(SERVER, "CLEARMSG", f"#{room.login}", trailing=said.text, tags=tags)
        return self._rooms.send(room, LineKind.CLEARMSG, data, text=said.text, sent_ts=now_ms)

    def change_modes(self, room: Room, **modes: bool | int) -> None:
        """Change room modes; the room hears the changed tags and a NOTICE for each."""
        before = room.modes.tags()
        room.modes = replace(room.modes, **modes)  # type: ignore[arg-type]  # names choose types
        after = room.modes.tags()
        changed = {name: value for name, value in after.items() if before[name] != value}
        if not changed:
            return
        tags = {**changed, "room-id": room.room_id}
        data = line(SERVER, "ROOMSTATE", f"#{room.login}", tags=tags)
        now_ms = self._state.clock.now_ms()
        self._rooms.send(room, LineKind.ROOMSTATE, data, text=str(changed), sent_ts=now_ms)
        for name in changed:
            self.notify(room, *_mode_notice(room, name))

    def notify(self, room: Room, msg_id: str, text: str) -> int:
        """Send a NOTICE to everyone in a room."""
        data = notice(room.login, text, {"msg-id": msg_id})
        now_ms = self._state.clock.now_ms()
        return self._rooms.send(room, LineKind.NOTICE, data, text=text, sent_ts=now_ms)

    def _clear(self, room: Room, tags: Tags, target: str | None) -> int:
        now_ms = self._state.clock.now_ms()
        tags = tags | {"room-id": room.room_id, "tmi-sent-ts": str(now_ms)}
        data = line(SERVER, "CLEARCHAT", f"#{room.login}", trailing=target, tags=tags)
        return self._rooms.send(room, LineKind.CLEARCHAT, data, text=target or "", sent_ts=now_ms)


def _mode_notice(room: Room, name: str) -> tuple[str, str]:
    modes = room.modes
    minutes = modes.followers_only
    followers = "followers_on_zero" if minutes == 0 else "followers_on"
    msg_id = {
        "emote-only": "emote_only_on" if modes.emote_only else "emote_only_off",
        "followers-only": followers if minutes >= 0 else "followers_off",
        "r9k": "r9k_on" if modes.r9k else "r9k_off",
        "slow": "slow_on" if modes.slow else "slow_off",
        "subs-only": "subs_on" if modes.subs_only else "subs_off",
    }[name]
    return msg_id, notice_text(msg_id, n=modes.slow, d=spell_minutes(max(minutes, 0)))
