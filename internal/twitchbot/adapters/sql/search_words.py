"""The words of a message as the search indexes keep them."""

from __future__ import annotations

from twitchbot.domain.search import Term, words_of

# A lexeme of PostgreSQL has at most 2046 bytes, and a character has at most four.
MAX_WORD_CHARACTERS = 500


def indexed_words(text: str) -> list[str]:
    """Return the words of a text in order, over-long ones cut."""
    if len(text) <= MAX_WORD_CHARACTERS and text.isascii():
        return words_of(text)
    return [word[:MAX_WORD_CHARACTERS] for word in words_of(text)]


def query_words(term: Term) -> list[str]:
    """Return the words of a query's term, cut like those of a text."""
    return [word[:MAX_WORD_CHARACTERS] for word in term.words]
