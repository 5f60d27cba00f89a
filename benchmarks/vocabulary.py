"""Words as chat uses them: few very often, most of them hardly ever (Zipf's law)."""

from __future__ import annotations

import itertools
import random

VOCABULARY = 30_000

_ONSETS = ("b", "br", "ch", "d", "f", "g", "gl", "h", "k", "l", "m", "n", "p", "pl", "r", "s")
_VOWELS = ("a", "e", "i", "o", "u", "ea", "ou")
_CODAS = ("", "n", "r", "st", "ck", "m", "th", "x")
_ELSEWHERE = ("очень", "привет", "がんばって", "草", "ñandú", "größe", "😂", "🔥", "❤️", "안녕")
_LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24)
_LENGTH_WEIGHTS = (20, 16, 14, 12, 10, 8, 6, 5, 4, 3, 1, 1)


class Vocabulary:
    """Makes texts; the same chance makes the same ones."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.words = _words(chance)
        weights = (1 / rank for rank in range(1, VOCABULARY + 1))
        self._weights = list(itertools.accumulate(weights))

    def text(self) -> str:
        """Return what somebody says: mostly a few words, sometimes many."""
        chance = self._chance
        count = chance.choices(_LENGTHS, _LENGTH_WEIGHTS)[0]
        words = chance.choices(self.words, cum_weights=self._weights, k=count)
        luck = chance.random()
        if luck < 0.08:
            words.insert(chance.randrange(len(words) + 1), chance.choice(_ELSEWHERE))
        elif luck < 0.10:
            words.append(f"https://example.com/{words[0]}?v={chance.randrange(10**6)}")
        elif luck < 0.14:
            words[0] = "!" + words[0]
        return " ".join(words)


def _words(chance: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        syllables = chance.choices((1, 2, 3), (3, 5, 2))[0]
        parts = (
            chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS)
            for _ in range(syllables)
        )
        found["".join(parts)] = None
    return list(found)
