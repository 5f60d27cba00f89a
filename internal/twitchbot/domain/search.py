"""Full-text search: how text becomes words, and what a query means.

The words are cut here and not by the database, so that SQLite and PostgreSQL find the same rows.
Text is NFKC-normalised and case-folded; a word is a run of letters, digits and the marks that
belong to them. Chinese, Japanese and Korean runs are not split: use `prefix*` there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from twitchbot.domain.errors import InvalidInputError

MAX_QUERY_CHARACTERS = 256
MAX_TERMS = 20

# Combining marks are no letters for `\w`, but a word must not end at them: Latin, Cyrillic,
# Hebrew and Arabic marks, then the Indic and South-East Asian blocks as a whole.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_BLOCKS = "\u0900-\u109f\u1780-\u17ff"
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}{_BLOCKS}])+")
# The same for text without any of them, in half the time.
_ASCII_WORD = re.compile("[a-z0-9]+")
_PIECE = re.compile(r'(-?)"([^"]*)"|(\S+)')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def words_of(text: str) -> list[str]:
    """Return the searchable words of a text, in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    # Folding leaves "Ϊ́" and its small form composed in different ways, hence a second time.
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(unicodedata.normalize("NFKC", folded))


@dataclass(slots=True, frozen=True)
class Term:
    """Words that must follow each other; the last one may stand for all words it begins."""

    words: tuple[str, ...]
    excluded: bool = False
    prefix: bool = False


@dataclass(slots=True, frozen=True)
class SearchQuery:
    """Terms that must all match, and terms that must not."""

    terms: tuple[Term, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that must match."""
        return tuple(term for term in self.terms if not term.excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        """The terms that must not match."""
        return tuple(term for term in self.terms if term.excluded)

    @property
    def matches_nothing(self) -> bool:
        """Whether no row can match: without a wanted term there is nothing to look up."""
        return not self.wanted


def parse_query(text: str) -> SearchQuery:
    """Read a search text; whatever has no meaning as syntax is plain words.

    Raises:
        InvalidInputError: it is empty, too long, or has too many terms.
    """
    cleaned = _CONTROL.sub(" ", text).strip()
    if not cleaned:
        raise InvalidInputError("query", "must not be empty")
    if len(text) > MAX_QUERY_CHARACTERS:
        raise InvalidInputError("query", f"must have at most {MAX_QUERY_CHARACTERS} characters")
    terms = tuple(term for piece in _PIECE.finditer(cleaned) if (term := _term(piece)))
    if len(terms) > MAX_TERMS:
        raise InvalidInputError("query", f"must have at most {MAX_TERMS} terms")
    return SearchQuery(terms)


def _term(piece: re.Match[str]) -> Term | None:
    minus, phrase, bare = piece.groups()
    if phrase is not None:
        words = tuple(words_of(phrase))
        return Term(words, excluded=minus == "-") if words else None
    words = tuple(words_of(bare))
    if not words:
        return None
    return Term(words, excluded=bare.startswith("-"), prefix=bare.endswith("*"))
