"""What is searched for: words from frequent to absent, alone, together, and in a channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.corpus import Corpus

_EACH = 8


@dataclass(slots=True, frozen=True, kw_only=True)
class Question:
    """A query, and the texts that a scan for the same looks for."""

    text: str
    contains: tuple[str, ...]
    channel: str = ""
    channel_id: str = ""
    is_deep: bool = False


def questions(corpus: Corpus, counts: Counter[str], rows: int) -> Mapping[str, Sequence[Question]]:
    """Choose some questions of each kind, by how many messages have which word."""
    top = _between(counts, rows * 0.05, rows)
    common = _between(counts, rows * 0.005, rows * 0.02)
    medium = _between(counts, rows * 0.0002, rows * 0.001)
    rare = _between(counts, 1, rows * 0.00002)
    absent = [f"{word}zzz" for word in rare]
    (big, big_id), *_, (small, small_id) = corpus.rooms.items()
    asked = {
        "word in over 5 % of rows": [_word(word) for word in top],
        "the same, page 1,000": [_word(word, is_deep=True) for word in top[:3]],
        "word in 1 % of rows": [_word(word) for word in common],
        "the same, last page": [_word(word, is_deep=True) for word in common[:3]],
        "word in 0.05 % of rows": [_word(word) for word in medium],
        "rare word": [_word(word) for word in rare],
        "absent word": [_word(word) for word in absent],
        "two words": [
            Question(text=f"{one} {other}", contains=(one, other))
            for one, other in zip(top, common, strict=False)
        ],
        "phrase": [
            Question(text=f'"{one} {other}"', contains=(f"{one} {other}",))
            for one, other in zip(top, common, strict=False)
        ],
        "1 % word in the busiest channel": [
            Question(text=word, contains=(word,), channel=big, channel_id=big_id) for word in common
        ],
        "1 % word in a quiet channel": [
            Question(text=word, contains=(word,), channel=small, channel_id=small_id)
            for word in common
        ],
    }
    return {subject: group for subject, group in asked.items() if group}


def _between(counts: Counter[str], least: float, most: float) -> list[str]:
    """Return some words by number of rows, evenly chosen among all that fit."""
    found = sorted(word for word, count in counts.items() if least <= count <= most)
    return found[:: max(1, len(found) // _EACH)][:_EACH]


def _word(word: str, *, is_deep: bool = False) -> Question:
    return Question(text=word, contains=(word,), is_deep=is_deep)
