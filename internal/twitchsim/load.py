"""Chat at a steady high rate: lines rendered beforehand, numbered and stamped when sent."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter

from twitchsim.author import author_tags
from twitchsim.emotes import emote_tag
from twitchsim.ledger import LineKind
from twitchsim.lines import line, prefix_of
from twitchsim.phrases import Phrasebook
from twitchsim.population import Population
from twitchsim.room import Person, Room
from twitchsim.rooms import Rooms
from twitchsim.state import SimState

_TICK_S = 0.01
_ID_SLOT = "slot-of-the-id"
_TIME_SLOT = "slot-of-the-time"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Template:
    room: Room
    text: bytes
    head: bytes
    middle: bytes
    tail: bytes


class Load:
    """Offers ``rate`` lines a second, spread evenly over the channels, until ``count`` are out."""

    def __init__(
        self,
        state: SimState,
        rooms: Rooms,
        channels: Sequence[Room],
        *,
        rate: float,
        count: int | None = None,
        seed: int = 1,
        variants: int = 4,
    ) -> None:
        self._state = state
        self._rooms = rooms
        self._rate = rate
        self._count = count
        chance = random.Random(f"load {seed}")
        people = Population(state.world, chance).viewers(max(200, len(channels)))
        phrases = Phrasebook(chance)
        templates = [
            _render(room, chance.choice(people), phrases.message(room.login, ""))
            for _ in range(variants)
            for room in channels
        ]
        self._templates = cycle(templates)

    async def run(self) -> None:
        """Send until the count is reached, or until cancelled; a late tick catches up."""
        started, sent = perf_counter(), 0
        while self._count is None or sent < self._count:
            due = int((perf_counter() - started) * self._rate)
            if self._count is not None:
                due = min(due, self._count)
            self._send(due - sent)
            sent = max(sent, due)
            await asyncio.sleep(_TICK_S)

    def _send(self, lines: int) -> None:
        ledger, deliver, privmsg = self._state.ledger, self._rooms.deliver, LineKind.PRIVMSG
        now_ms = self._state.clock.now_ms()
        stamp = str(now_ms).encode()
        for _, template in zip(range(lines), self._templates, strict=False):
            room = template.room
            seq = ledger.record(privmsg, room.number, now_ms, template.text)
            message_id = ledger.new_message_id(seq).encode()
            parts = (template.head, message_id, template.middle, stamp, template.tail)
            deliver(room, privmsg, b"".join(parts), seq)


def _render(room: Room, person: Person, text: str) -> _Template:
    tags = author_tags(room, person) | {
        "emotes": emote_tag(text),
        "first-msg": "0",
        "flags": "",
        "id": _ID_SLOT,
        "returning-chatter": "0",
        "room-id": room.room_id,
        "tmi-sent-ts": _TIME_SLOT,
    }
    prefix = prefix_of(person.login)
    data = line(prefix, "PRIVMSG", f"#{room.login}", trailing=text, tags=tags)
    head, _, rest = data.partition(_ID_SLOT.encode())
    middle, _, tail = rest.partition(_TIME_SLOT.encode())
    return _Template(room=room, text=text.encode(), head=head, middle=middle, tail=tail)
