"""Lively people: they talk, reply, cheer, subscribe, gift, raid and get timed out."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twitchsim.phrases import Phrasebook
from twitchsim.population import Population
from twitchsim.room import Person, Room, Said
from twitchsim.verbs.acts import Acts

_TICK_S = 0.05
_REGULARS_PER_ROOM = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crowd:
    room: Room
    regulars: list[Person]


class Chatter:
    """Makes people act in some channels at a given rate; the seed decides what they do."""

    def __init__(self, acts: Acts, channels: Sequence[str], rate: float, seed: int) -> None:
        self._acts = acts
        self._rate = rate
        self._chance = random.Random(f"chatter {seed}")
        self._phrases = Phrasebook(self._chance)
        self._crowds = self._gather(channels)
        self._weights = [1 / (index + 1) for index in range(len(self._crowds))]
        self._doings: list[tuple[int, Callable[[_Crowd, Person], None]]] = [
            (800, self._talk),
            (70, self._reply),
            (30, self._act),
            (25, self._cheer),
            (20, self._command),
            (15, self._subscribe),
            (10, self._watch_streak),
            (8, self._get_timed_out),
            (8, self._get_deleted),
            (6, self._announce),
            (4, self._gift),
            (3, self._raid),
            (1, self._get_banned),
        ]

    async def run(self) -> None:
        """Act until cancelled."""
        due = 0.0
        while True:
            await asyncio.sleep(_TICK_S)
            due += self._rate * _TICK_S
            while due >= 1:
                due -= 1
                self.step()

    def step(self) -> None:
        """Let one person do one thing."""
        crowd = self._chance.choices(self._crowds, self._weights)[0]
        weights = [weight for weight, _ in self._doings]
        _, doing = self._chance.choices(self._doings, weights)[0]
        free = self._free_to_speak(crowd)
        if free:
            doing(crowd, self._chance.choice(free))

    def _gather(self, channels: Sequence[str]) -> list[_Crowd]:
        state = self._acts.state
        population = Population(state.world, self._chance)
        everybody = population.viewers(max(60, min(20 * len(channels), 2_000)))
        crowds = []
        for channel in channels:
            room = state.world.room(channel)
            regulars = self._chance.sample(everybody, min(_REGULARS_PER_ROOM, len(everybody)))
            population.settle(room, regulars, state.clock.now())
            for person in regulars:
                self._acts.arrive(channel, person.login)
            crowds.append(_Crowd(room=room, regulars=regulars))
        return crowds

    def _free_to_speak(self, crowd: _Crowd) -> list[Person]:
        now, room = self._acts.state.clock.now(), crowd.room
        return [p for p in crowd.regulars if not room.active_ban(p.user_id, now)]

    def _phrase(self, room: Room) -> str:
        return self._phrases.message(room.owner.display_name, room.game.name if room.game else "")

    def _say(
        self, room: Room, person: Person, text: str, extra: dict[str, str] | None = None
    ) -> None:
        self._acts.parts.rooms.say(room, person, text, extra=extra or {})

    def _talk(self, crowd: _Crowd, person: Person) -> None:
        extra = {"first-msg": "1"} if self._chance.random() < 0.01 else {}
        self._say(crowd.room, person, self._phrase(crowd.room), extra)

    def _command(self, crowd: _Crowd, person: Person) -> None:
        self._say(crowd.room, person, self._phrases.command())

    def _act(self, crowd: _Crowd, person: Person) -> None:
        text = self._chance.choice(("waves", "dances", "takes notes", "hides behind the couch"))
        self._acts.parts.rooms.say(crowd.room, person, text, action=True)

    def _reply(self, crowd: _Crowd, person: Person) -> None:
        said = self._recent(crowd.room)
        if said is not None:
            text, reply_to = self._phrase(crowd.room), said.message_id
            self._acts.parts.rooms.say(crowd.room, person, text, reply_to=reply_to)

    def _cheer(self, crowd: _Crowd, person: Person) -> None:
        bits = str(self._chance.choice((1, 50, 100, 100, 500, 1000)))
        text = f"Cheer{bits} {self._phrase(crowd.room)}"
        self._say(crowd.room, person, text, {"bits": bits})

    def _subscribe(self, crowd: _Crowd, person: Person) -> None:
        months = crowd.room.subscribers.get(person.user_id, 0) + 1
        plan = self._chance.choice(("Prime", "1000", "1000", "2000", "3000"))
        text = self._phrase(crowd.room) if months > 1 else ""
        channel = crowd.room.login
        self._acts.subscribe(channel, person.login, text, months=months, plan=plan)

    def _gift(self, crowd: _Crowd, person: Person) -> None:
        lucky = self._chance.sample(crowd.regulars, self._chance.choice((1, 2, 5)))
        self._acts.gift_bomb(crowd.room.login, person.login, [p.login for p in lucky])

    def _raid(self, crowd: _Crowd, _: Person) -> None:
        raider = self._chance.choice(self._crowds).room
        if raider is not crowd.room:
            self._acts.raid(crowd.room.login, raider.login, self._chance.randint(2, 900))

    def _watch_streak(self, crowd: _Crowd, person: Person) -> None:
        self._acts.usernotice(crowd.room.login, "viewermilestone", person.login)

    def _announce(self, crowd: _Crowd, _: Person) -> None:
        color = self._chance.choice(("PRIMARY", "BLUE", "GREEN", "ORANGE", "PURPLE"))
        moderator = crowd.regulars[0].login
        self._acts.announce(crowd.room.login, moderator, self._phrase(crowd.room), color)

    def _get_timed_out(self, crowd: _Crowd, _: Person) -> None:
        said = self._recent(crowd.room)
        if said is not None and not crowd.room.privileged(said.user.user_id):
            seconds = self._chance.choice((1, 10, 60, 600))
            self._acts.timeout(said.user.login, crowd.room.login, seconds)

    def _get_banned(self, crowd: _Crowd, _: Person) -> None:
        troll = self._acts.state.world.person(f"troll{self._chance.randint(1, 999)}")
        self._say(crowd.room, troll, "buy followers at example dot com")
        self._acts.ban(troll.login, crowd.room.login)

    def _get_deleted(self, crowd: _Crowd, _: Person) -> None:
        said = self._recent(crowd.room)
        if said is not None:
            self._acts.delete_message(crowd.room.login, said.message_id)

    def _recent(self, room: Room) -> Said | None:
        latest = list(room.recent.values())[-10:]
        return self._chance.choice(latest) if latest else None
