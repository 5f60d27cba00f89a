import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchbot.domain.channel import normalize_channel


@given(st.from_regex(r"[A-Za-z0-9_]{1,25}", fullmatch=True))
def test_a_channel_is_known_by_its_lower_case_login(name: str) -> None:
    assert normalize_channel(name) == name.lower()
    assert normalize_channel(f"#{name}") == name.lower()


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    try:
        login = normalize_channel(text)
    except ValueError:
        return

    assert login.isascii()
    assert normalize_channel(login) == login


@pytest.mark.parametrize(
    "name", ["", "#", "##forsen", "for sen", "forsen\n", "x" * 26, "forsenİ", "forsen\u212a"]
)
def test_what_is_no_login_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a channel name"):
        normalize_channel(name)


def test_a_refusal_quotes_no_more_than_the_start_of_the_name() -> None:
    with pytest.raises(ValueError, match="not a channel name") as refusal:
        normalize_channel("x" * 10_000)

    assert len(str(refusal.value)) < 100
