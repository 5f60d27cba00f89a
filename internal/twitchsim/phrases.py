"""What people say: sentences with slots, filled by a seeded generator."""

import random

_TEMPLATES = (
    "{greeting} chat {emote}",
    "{greeting} {streamer}!",
    "that was {adjective} {emote}",
    "did you see the {noun}? {adjective}!",
    "I think the {noun} is {adjective} today",
    "why is the {noun} so {adjective} {emote} {emote}",
    "{emoji} {emote} {emoji} {emote}",
    "what {noun} are you using?",
    "{number} wins in a row, {adjective}",
    "first time here, {greeting} from {place}",
    "{place} represent {emoji}",
    "the {noun} in {game} was better, fight me",
    "can we get a replay of that {noun}",
    "it's {number}:{number} and nobody is asleep {emote}",
    "clip it {emote}",
    "{emote}",
    "{emote} {emote} {emote}",
    "lol",
    "?",
    "GG {streamer}, well played",
    "guide for the {noun}: https://example.com/{game}/{noun}?part={number}",
    "wait, {streamer} has {number} {noun}s?! {emoji}",
    "no way that is {adjective}",
    "das ist ja {adjective} für {number} €",
    "がんばって {streamer}さん {emote}",
    "очень {adjective} {emoji} {emote}",
    "¿quién tiene el {noun}? ñandú {emote}",
)
_COMMANDS = ("!commands", "!uptime", "!discord", "!hello", "!socials", "!lurk")
_WORDS = {
    "greeting": ("hi", "hello", "hey", "good evening", "yo", "moin", "salut"),
    "adjective": ("insane", "clean", "cursed", "huge", "unreal", "wholesome", "scuffed", "tiny"),
    "noun": ("boss", "keyboard", "mouse", "speedrun", "build", "pizza", "cat", "intro", "route"),
    "place": ("Berlin", "Osaka", "São Paulo", "Kraków", "Ohio", "Lagos", "Perth"),
    "emoji": ("😂", "🔥", "👀", "❤️", "👨‍👩‍👧", "🎉", "🙏🏽"),
    "emote": ("Kappa", "LUL", "PogChamp", "HeyGuys", "NotLikeThis", "SeemsGood", "DinoDance"),
}


class Phrasebook:
    """Makes up messages; the same seed gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def message(self, streamer: str, game: str) -> str:
        """Return something to say in this channel."""
        words = {name: self._chance.choice(choices) for name, choices in _WORDS.items()}
        return self._chance.choice(_TEMPLATES).format(
            streamer=streamer, game=game or "chess", number=self._chance.randint(1, 99), **words
        )

    def command(self) -> str:
        """Return a chat command."""
        return self._chance.choice(_COMMANDS)

    def title(self, game: str) -> str:
        """Return a stream title."""
        mood = self._chance.choice(("cozy", "late night", "ranked", "first playthrough", "chill"))
        return f"{mood} {game} until I {self._chance.choice(('win', 'sleep', 'rage', 'laugh'))}"
