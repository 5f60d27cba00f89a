"""Chat lines as Twitch sends them, made up: the same seed makes the same ones.

95 % are PRIVMSG, the others what comes between them. Of the messages, a fifth are replies, some
are copies from a shared chat, cheers or commands; the tags stand in Twitch's order. Busy channels
are much busier than others, and people keep to a few channels.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from benchmarks.vocabulary import Vocabulary

CHANNELS = 200
PEOPLE = 20_000

_COLORS = ("", "#FF0000", "#1E90FF", "#9ACD32", "#8A2BE2", "#00FF7F", "#D2691E", "#5F9EA0")
_BADGES = (
    ("", "", ""),
    ("", "premium/1", ""),
    ("subscriber/14", "subscriber/12", "1"),
    ("subscriber/3", "subscriber/3,sub-gifter/5", "1"),
    ("subscriber/38", "vip/1,subscriber/36,bits/10000", "1"),
    ("subscriber/61", "moderator/1,subscriber/60,partner/1", "1"),
)
_BADGE_WEIGHTS = (35, 12, 30, 14, 5, 4)
_EMOTES = ("25:0-4", "emotesv2_a9c4bbd4c87d4f3aa2f1e7ab1d2cf8c8:0-7", "305954156:0-7,9-16/88:18-25")


@dataclass(slots=True, frozen=True, kw_only=True)
class _Person:
    login: str
    name: str
    user_id: str
    badge_info: str
    badges: str
    is_subscriber: bool
    color: str

    @property
    def is_moderator(self) -> bool:
        return self.badges.startswith("moderator")


@dataclass(slots=True, frozen=True, kw_only=True)
class _Channel:
    login: str
    room_id: str


class Corpus:
    """Makes lines without their ends; one is sent each `step_ms`."""

    def __init__(self, *, start_ms: int, step_ms: int = 1, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (nobody shall be surprised)
        self.vocabulary = Vocabulary(self._chance)
        self._now_ms = start_ms
        self._step_ms = step_ms
        self._channels = [self._channel(number) for number in range(CHANNELS)]
        self._busy = [1 / rank for rank in range(1, CHANNELS + 1)]
        self._people = [self._person(number) for number in range(PEOPLE)]
        self._said: list[tuple[_Person, str, str]] = []

    @property
    def rooms(self) -> dict[str, str]:
        """The ids of all channels by their logins, the busiest first."""
        return {channel.login: channel.room_id for channel in self._channels}

    def lines(self, count: int) -> Iterator[bytes]:
        """Yield so many lines more."""
        chance = self._chance
        rare: tuple[Callable[[_Channel, _Person], str], ...]
        rare = (self._usernotice, self._clearchat, self._clearmsg, self._roomstate)
        for channel in chance.choices(self._channels, self._busy, k=count):
            self._now_ms += self._step_ms
            person = self._somebody(channel)
            kind = chance.random()
            make = self._privmsg if kind < 0.95 else chance.choice(rare)
            yield make(channel, person).encode()

    def _channel(self, number: int) -> _Channel:
        return _Channel(
            login=f"{self._word()[:8]}_{number}",
            room_id=str(20_000_000 + number * 7919),
        )

    def _person(self, number: int) -> _Person:
        badge_info, badges, subscriber = self._chance.choices(_BADGES, _BADGE_WEIGHTS)[0]
        name = f"{self._word()[:8].capitalize()}{number}"
        return _Person(
            login=name.lower(),
            name=name,
            user_id=str(100_000_000 + number * 104_729),
            badge_info=badge_info,
            badges=badges,
            is_subscriber=bool(subscriber),
            color=self._chance.choice(_COLORS),
        )

    def _word(self) -> str:
        return self._chance.choice(self.vocabulary.words)

    def _somebody(self, channel: _Channel) -> _Person:
        """Choose who writes: some write much more than others, and each channel has its own."""
        at = int(PEOPLE * self._chance.random() ** 4)
        return self._people[(at + hash_of(channel.room_id)) % PEOPLE]

    def _id(self) -> str:
        return str(UUID(int=self._chance.getrandbits(128), version=4))

    def _privmsg(self, channel: _Channel, person: _Person) -> str:
        chance = self._chance
        text, message_id = self.vocabulary.text(), self._id()
        reply = source = ""
        if chance.random() < 0.2 and self._said:
            reply = _reply_tags(*chance.choice(self._said[-100:]))
        if chance.random() < 0.05:
            source = self._source_tags(person)
        if len(self._said) > 10_000:
            del self._said[:9_000]
        self._said.append((person, message_id, text))
        nonce = f"client-nonce={chance.getrandbits(128):032x};" if chance.random() < 0.7 else ""
        bits = f"bits={chance.choice((1, 100, 500))};" if chance.random() < 0.01 else ""
        emotes = chance.choice(_EMOTES) if chance.random() < 0.3 else ""
        return (
            f"@badge-info={person.badge_info};badges={person.badges};{bits}{nonce}"
            f"color={person.color};display-name={person.name};emotes={emotes};first-msg=0;flags=;"
            f"id={message_id};mod={person.is_moderator:d};{reply}returning-chatter=0;"
            f"room-id={channel.room_id};{source}subscriber={person.is_subscriber:d};"
            f"tmi-sent-ts={self._now_ms};turbo=0;user-id={person.user_id};"
            f"user-type={'mod' if person.is_moderator else ''}"
            f" :{person.login}!{person.login}@{person.login}.tmi.twitch.tv"
            f" PRIVMSG #{channel.login} :{text}"
        )

    def _source_tags(self, person: _Person) -> str:
        source = self._chance.choice(self._channels)
        return (
            f"source-badge-info={person.badge_info};source-badges={person.badges};"
            f"source-id={self._id()};source-only=0;source-room-id={source.room_id};"
        )

    def _usernotice(self, channel: _Channel, person: _Person) -> str:
        return (
            f"@badge-info={person.badge_info};badges={person.badges};color={person.color};"
            f"display-name={person.name};emotes=;flags=;id={self._id()};login={person.login};"
            f"mod=0;msg-id=resub;msg-param-cumulative-months=14;msg-param-should-share-streak=0;"
            f"msg-param-sub-plan-name=Channel\\sSubscription;msg-param-sub-plan=1000;"
            f"room-id={channel.room_id};subscriber=1;system-msg={person.name}\\ssubscribed\\sagain.;"
            f"tmi-sent-ts={self._now_ms};user-id={person.user_id};user-type="
            f" :tmi.twitch.tv USERNOTICE #{channel.login} :{self.vocabulary.text()}"
        )

    def _clearchat(self, channel: _Channel, person: _Person) -> str:
        return (
            f"@ban-duration=600;room-id={channel.room_id};target-user-id={person.user_id};"
            f"tmi-sent-ts={self._now_ms} :tmi.twitch.tv CLEARCHAT #{channel.login} :{person.login}"
        )

    def _clearmsg(self, channel: _Channel, person: _Person) -> str:
        return (
            f"@login={person.login};room-id={channel.room_id};target-msg-id={self._id()};"
            f"tmi-sent-ts={self._now_ms} :tmi.twitch.tv CLEARMSG #{channel.login}"
            f" :{self.vocabulary.text()}"
        )

    def _roomstate(self, channel: _Channel, _: _Person) -> str:
        return f"@room-id={channel.room_id};slow=10 :tmi.twitch.tv ROOMSTATE #{channel.login}"


def hash_of(room_id: str) -> int:
    """Return a number that scatters channels over the people, the same in every process."""
    return int(room_id) * 2_654_435_761 % 2**32


def _reply_tags(person: _Person, message_id: str, text: str) -> str:
    body = text.replace(" ", "\\s")
    return (
        f"reply-parent-display-name={person.name};reply-parent-msg-body={body};"
        f"reply-parent-msg-id={message_id};reply-parent-user-id={person.user_id};"
        f"reply-parent-user-login={person.login};reply-thread-parent-msg-id={message_id};"
        f"reply-thread-parent-user-login={person.login};"
    )
