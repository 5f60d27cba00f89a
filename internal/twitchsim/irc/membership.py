"""JOIN and PART of others: late, in batches, and not at all in large rooms."""

import asyncio

from twitchsim.lines import line, prefix_of
from twitchsim.room import Member, Person, Room
from twitchsim.state import SimState


class Membership:
    """Keeps the list of chatters and tells those who asked for it."""

    def __init__(self, state: SimState) -> None:
        self._state = state
        self._news: dict[str, list[tuple[str, Person]]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def arrive(self, room: Room, person: Person) -> None:
        """Add a chatter."""
        if person.user_id not in room.chatters:
            room.chatters[person.user_id] = (person, self._state.clock.now())
            self._tell(room, "JOIN", person)

    def leave(self, room: Room, person: Person) -> None:
        """Remove a chatter."""
        if room.chatters.pop(person.user_id, None) is not None:
            self._tell(room, "PART", person)

    def names(self, room: Room, login: str, *, everyone: bool) -> list[str]:
        """Return who 353 lists: all chatters of a small room, or just the asking client."""
        if not everyone or self._is_large(room):
            return [login]
        others = (person.login for person, _ in room.chatters.values() if person.login != login)
        return [login, *others]

    def stop(self) -> None:
        """Drop news that nobody will hear."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        self._news.clear()

    def flush(self) -> None:
        """Send the batch now."""
        self._timer = None
        news, self._news = self._news, {}
        for room_id, entries in news.items():
            room = self._state.world.rooms[room_id]
            if not self._is_large(room):
                for member in list(room.members):
                    self._send(room, entries, member)

    def _send(self, room: Room, entries: list[tuple[str, Person]], member: Member) -> None:
        channel = f"#{room.login}"
        data = b"".join(
            line(prefix_of(person.login), verb, channel)
            for verb, person in entries
            if person is not member.person
        )
        if data:
            member.hear_membership(data)

    def _tell(self, room: Room, verb: str, person: Person) -> None:
        self._news.setdefault(room.room_id, []).append((verb, person))
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._state.settings.times.membership_batch_s, self.flush)

    def _is_large(self, room: Room) -> bool:
        return len(room.chatters) > self._state.settings.limits.names_in_room
