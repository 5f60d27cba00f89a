"""Everybody, every room and every clip: the state that all servers of the simulator share."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from twitchsim.room import Game, Person, Room, Stream


@dataclass(slots=True, kw_only=True, eq=False)
class Clip:
    """A clip; it shows in lists from ``ready_at`` on, or never when that is None."""

    clip_id: str
    room_id: str
    creator_id: str
    title: str
    created_at: float
    ready_at: float | None
    duration: float = 30.0
    views: int = 0
    game_id: str = ""


class World:
    """Everybody and every room, by id and by present name."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self._ids: dict[str, str] = {}
        self.rooms: dict[str, Room] = {}
        self.games: dict[str, Game] = {}
        self.clips: dict[str, Clip] = {}

    def person(self, login: str, *, user_id: str | None = None, display_name: str = "") -> Person:
        """Return the user of this name, created on first mention."""
        login = login.lower()
        known = self._ids.get(login)
        if known is not None:
            return self.people[known]
        user_id = user_id or self._free_id(login)
        if user_id in self.people:
            raise ValueError(f"user id {user_id} belongs to {self.people[user_id].login}")
        name = display_name or login[:1].upper() + login[1:]
        person = Person(user_id=user_id, login=login, display_name=name)
        self.people[user_id] = person
        self._ids[login] = user_id
        return person

    def find_person(self, login: str) -> Person | None:
        """Return the user of this name, if there is one."""
        user_id = self._ids.get(login)
        return None if user_id is None else self.people[user_id]

    def open_room(self, owner: Person) -> Room:
        """Return a person's room, created on first use."""
        return self.rooms.setdefault(owner.user_id, Room(owner))

    def find_room(self, login: str) -> Room | None:
        """Return the room of this present name, if there is one."""
        user_id = self._ids.get(login)
        return None if user_id is None else self.rooms.get(user_id)

    def room(self, login: str) -> Room:
        """Return the room of this name; LookupError for an unknown one."""
        found = self.find_room(login.lower().removeprefix("#"))
        if found is None:
            raise LookupError(f"no channel called {login}")
        return found

    def rename(self, old: str, new: str) -> None:
        """Give a user a new name; whoever sits in the room hears nothing any more."""
        person = self.people[self._ids.pop(old)]
        person.login = new
        self._ids[new] = person.user_id
        if person.user_id in self.rooms:
            self.rooms[person.user_id].members.clear()

    def game(self, name: str) -> Game:
        """Return the category of this name, created on first mention."""
        for game in self.games.values():
            if game.name == name:
                return game
        game_id = str(10_000 + crc32(name.encode()) % 900_000)
        self.games[game_id] = Game(game_id=game_id, name=name)
        return self.games[game_id]

    def live_rooms(self, now: float) -> Iterable[tuple[Room, Stream]]:
        """Return the rooms that Helix shows as live, most viewers first."""
        live = [
            (room, stream)
            for room in self.rooms.values()
            if not room.owner.suspended and (stream := room.listed_stream(now)) is not None
        ]
        return sorted(live, key=lambda entry: -entry[1].viewers)

    def _free_id(self, login: str) -> str:
        """Derive the id from the name, so that a restarted simulator knows the same people."""
        number = 10_000_000 + crc32(login.encode()) % 900_000_000
        while str(number) in self.people:
            number += 1
        return str(number)
