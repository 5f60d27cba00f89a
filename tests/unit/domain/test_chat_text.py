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
        ("/ban ronni", "ban ronni"),
        (". /ban ronni", "ban ronni"),
        ("/me waves", "/me waves"),
        ("/mention", "mention"),
        ("\n/ban ronni", "ban ronni"),
        ("//", ""),
    ],
)
def test_what_is_said_is_one_harmless_line(text: str, said: str) -> None:
    assert sayable(text) == said


@given(st.text(max_size=2 * MAX_CHARACTERS))
def test_any_text_becomes_sayable(text: str) -> None:
    said = sayable(text)

    assert len(said) <= MAX_CHARACTERS
    assert not set(said) & set("\r\n\x00")
    assert said.startswith("/me ") or not said.startswith(("/", "."))
