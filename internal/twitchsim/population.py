"""Made-up people and channels, the same for the same seed."""

import random

from twitchsim.room import Person, Room
from twitchsim.world import World

_FIRST = ("pixel", "night", "sunny", "tiny", "iron", "retro", "salty", "lucky", "misty", "cosmic")
_SECOND = ("fox", "otter", "wizard", "noodle", "rider", "panda", "byte", "comet", "pickle", "raven")
_COLORS = ("", "#FF0000", "#1E90FF", "#8A2BE2", "#2E8B57", "#FF69B4", "#DAA520", "#19E6E6")
_LOCAL_NAMES = ("夜ふかし猫", "달빛여우", "Ünïcödé", "зима", "")
_GAMES = (
    "Just Chatting",
    "Chess",
    "Minecraft",
    "Elden Ring",
    "Tetris",
    "Science & Technology",
    "Fortnite",
    "Music",
)
_EXTRA_BADGES: tuple[dict[str, str], ...] = (
    {},
    {},
    {},
    {"premium": "1"},
    {"bits": "100"},
    {"sub-gifter": "10"},
    {"turbo": "1"},
)


class Population:
    """Invents people and gives them roles."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self._world = world
        self._chance = chance

    def viewers(self, count: int) -> list[Person]:
        """Make so many viewers."""
        return [self._viewer(number) for number in range(count)]

    def game(self) -> str:
        """Pick a category."""
        return self._chance.choice(_GAMES)

    def channel_login(self, number: int) -> str:
        """Return the name of the channel with this number."""
        first, second = _FIRST[number % len(_FIRST)], _SECOND[number // len(_FIRST) % len(_SECOND)]
        lap = number // (len(_FIRST) * len(_SECOND))
        return f"{first}{second}" + (str(lap) if lap else "")

    def settle(self, room: Room, regulars: list[Person], now: float) -> None:
        """Give a room's regulars their roles: moderators, VIPs, subscribers, followers."""
        for index, person in enumerate(regulars):
            if index < 2:
                room.moderators[person.user_id] = person
            elif index < 4:
                room.vips[person.user_id] = person
            if self._chance.random() < 0.35:
                room.subscribers[person.user_id] = self._chance.randint(1, 80)
            if self._chance.random() < 0.8:
                days = self._chance.randint(1, 1500)
                room.followers[person.user_id] = now - 86_400 * days

    def _viewer(self, number: int) -> Person:
        first, second = self._chance.choice(_FIRST), self._chance.choice(_SECOND)
        person = self._world.person(f"{first}_{second}_{number}")
        person.color = self._chance.choice(_COLORS)
        person.badges = dict(self._chance.choice(_EXTRA_BADGES))
        person.turbo = "turbo" in person.badges
        if self._chance.random() < 0.05:
            person.display_name = self._chance.choice(_LOCAL_NAMES)
        return person
