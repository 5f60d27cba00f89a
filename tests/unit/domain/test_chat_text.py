import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchbot.domain.chat_text import MAX_CHARACTERS, sayable, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("!discord \U000e0000", "!discord"),
        ("!so\u200b ronni \u034f", "!so ronni"),
        ("  !so   ronni\u2800 ", "!so ronni"),
        ("\ufeff!so", "!so"),
        ("\u200b", ""),
        ("héllo 👍 мир", "héllo 👍 мир"),
    ],
)
def test_what_cannot_be_seen_is_left_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "hello"),
        ("two\r\nlines", "two lines"),
        ("a\x00b\u2028c", "a b c"),
        ("  padded  ", "padded"),
        ("/me waves", "/me waves"),
        ("/ban ronni", "\u200b/ban ronni"),
        ("\n/ban ronni", "\u200b/ban ronni"),
        (". /ban ronni", "\u200b. /ban ronni"),
        ("\ufeff/ban ronni", "\u200b\ufeff/ban ronni"),
        ("/mention", "\u200b/mention"),
        (".5 points", "\u200b.5 points"),
        ("...", "\u200b..."),
        ("/" * 500, "\u200b" + "/" * 499),
        ("x" * 501, "x" * 500),
        ("\u200b\U000e0000", ""),
        ("/me \u200b", ""),
    ],
)
def test_what_is_said_is_one_harmless_line(text: str, said: str) -> None:
    assert sayable(text) == said


@given(st.text(st.characters() | st.sampled_from("/. \u200b\u00a0\ufeff"), max_size=600))
def test_any_text_becomes_sayable(text: str) -> None:
    said = sayable(text)

    assert len(said) <= MAX_CHARACTERS
    assert not set(said) & set("\r\n\x00")
    assert said.startswith("/me ") or not said.strip().startswith(("/", "."))


@given(st.text("/.a ", max_size=100))
def test_what_is_said_reads_as_it_was_written(text: str) -> None:
    assert visible(sayable(text)) == visible(text)
