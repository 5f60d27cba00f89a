from datetime import timedelta

import pytest

from tests.support.builders import NOON, an_account
from twitchbot.domain.account import TokenPair

MARGIN = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (timedelta(minutes=10, seconds=1), False),
        (timedelta(minutes=10), True),
        (timedelta(0), True),
        (timedelta(minutes=-5), True),
    ],
)
def test_a_token_is_due_when_less_than_the_margin_is_left(left: timedelta, due: bool) -> None:
    account = an_account(expires_at=NOON + left)

    assert account.is_due(NOON, MARGIN) is due


def test_a_token_that_never_expires_is_never_due() -> None:
    assert not an_account(expires_at=None).is_due(NOON, MARGIN)


def test_tokens_never_show() -> None:
    account = an_account(access_token="sesame", refresh_token="open")
    pair = TokenPair(
        access_token="sesame", refresh_token="open", scopes=frozenset(), expires_in_s=1
    )

    assert "sesame" not in f"{account} {pair}"
    assert "open" not in f"{account} {pair}"
