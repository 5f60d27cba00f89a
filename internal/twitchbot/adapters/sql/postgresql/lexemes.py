"""PostgreSQL's text forms of documents and queries, out of words that we cut ourselves."""

from __future__ import annotations

from twitchbot.adapters.sql.search_words import indexed_words, query_words
from twitchbot.domain.search import SearchQuery, Term


def vector_text(text: str) -> str:
    """Return a text's words with their places, ready to be cast to tsvector."""
    return " ".join(
        f"{_quoted(word)}:{place}" for place, word in enumerate(indexed_words(text), start=1)
    )


def query_text(query: SearchQuery) -> str:
    """Return a query, ready to be cast to tsquery."""
    wanted = [_phrase(term) for term in query.wanted]
    unwanted = [f"!{_phrase(term)}" for term in query.excluded]
    return " & ".join(wanted + unwanted)


def _phrase(term: Term) -> str:
    words = " <-> ".join(_quoted(word) for word in query_words(term))
    return f"({words}:*)" if term.prefix else f"({words})"


def _quoted(word: str) -> str:
    """Quote a word; words hold letters and digits only, but nothing shall depend on that."""
    if "'" in word or "\\" in word:
        word = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{word}'"
