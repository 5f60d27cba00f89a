import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.search import MAX_TERMS, Term, parse_query, words_of


def terms_of(text: str) -> tuple[Term, ...]:
    return parse_query(text).terms


@given(st.text())
def test_words_of_words_are_the_same_words(text: str) -> None:
    words = words_of(text)

    assert words_of(" ".join(words)) == words


@given(st.text())
def test_words_do_not_depend_on_case(text: str) -> None:
    assert words_of(text.casefold()) == words_of(text)


@given(st.text(st.characters(codec="ascii")))
def test_the_short_cut_for_ascii_finds_what_the_long_way_finds(text: str) -> None:
    last = words_of(f"{text} ä").pop()

    assert words_of(f"{text} ä")[:-1] == words_of(text)
    assert last == "ä"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kappa kappa KAPPA", ["kappa", "kappa", "kappa"]),
        ("don't @Ronni_42!", ["don", "t", "ronni", "42"]),
        ("Straße GROẞ", ["strasse", "gross"]),
        ("\uff2b\uff41\uff50\uff50\uff41 \u2462", ["kappa", "3"]),
        ("İstanbul", ["i\u0307stanbul"]),
        ("\u039c\u0391\u03aa\u0301\u039f\u03a5", ["\u03bc\u03b1\u0390\u03bf\u03c5"]),
        ("Привет, МИР", ["привет", "мир"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("今日は元気", ["今日は元気"]),
        ("😀 \u200b …", []),
    ],
)
def test_text_of_any_script_is_cut_into_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("hello World", (Term(("hello",)), Term(("world",)))),
        ('"hello world"', (Term(("hello", "world")),)),
        ('-"hello world"', (Term(("hello", "world"), excluded=True),)),
        ("-hello", (Term(("hello",), excluded=True),)),
        ("hel*", (Term(("hel",), prefix=True),)),
        ("-hel*", (Term(("hel",), excluded=True, prefix=True),)),
        ("foo-bar it's", (Term(("foo", "bar")), Term(("it", "s")))),
        ("foo-ba*", (Term(("foo", "ba"), prefix=True),)),
        ('"hello wor', (Term(("hello",)), Term(("wor",)))),
        ('"" "!" - -- * !', ()),
        ("a\x00b\tc", (Term(("a",)), Term(("b",)), Term(("c",)))),
    ],
)
def test_a_query_is_read_as_terms(text: str, terms: tuple[Term, ...]) -> None:
    assert terms_of(text) == terms


def test_wanted_and_excluded_terms_are_told_apart() -> None:
    query = parse_query("hello -world")

    assert query.wanted == (Term(("hello",)),)
    assert query.excluded == (Term(("world",), excluded=True),)


@pytest.mark.parametrize("text", ["-hello", "!!!", '""'])
def test_a_query_without_a_wanted_term_matches_nothing(text: str) -> None:
    assert parse_query(text).matches_nothing


def test_a_query_with_a_wanted_term_may_match() -> None:
    assert not parse_query("hello -world").matches_nothing


@given(st.text(max_size=300))
def test_any_text_is_a_query_or_invalid_input(text: str) -> None:
    try:
        terms = terms_of(text)
    except InvalidInputError:
        terms = ()

    assert all(term.words for term in terms)


@given(st.text(st.characters(exclude_characters='"'), max_size=2 * MAX_TERMS - 2))
def test_what_is_no_phrase_loses_none_of_its_words(text: str) -> None:
    words = [word for term in terms_of(f"x {text}") for word in term.words]

    assert words == words_of(f"x {text}")


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\x00", " " * 300])
def test_an_empty_query_is_invalid(text: str) -> None:
    with pytest.raises(InvalidInputError, match="must not be empty"):
        parse_query(text)


def test_a_query_has_at_most_256_characters() -> None:
    parse_query("x" * 256)

    with pytest.raises(InvalidInputError, match="at most 256 characters"):
        parse_query("x" * 257)


def test_a_query_has_at_most_20_terms() -> None:
    assert len(terms_of("x " * 20)) == 20

    with pytest.raises(InvalidInputError, match="at most 20 terms"):
        parse_query("x " * 21)
