from __future__ import annotations

import pytest

from twitchbot.adapters.twitch.chat.events import LoginProblem
from twitchbot.adapters.twitch.chat.retry import RetryRule
from twitchbot.adapters.twitch.chat.session import LoginRefusedError, SessionEndedError
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.errors import ChatUnavailableError

LOST = SessionEndedError("connection lost")
REFUSED = LoginRefusedError(LoginProblem.AUTHENTICATION, "Login authentication failed")


def test_failures_in_a_row_wait_longer_each_time_up_to_the_maximum() -> None:
    rule = RetryRule(ChatSettings(retry_base_s=5, retry_max_s=300))

    delays = [rule.delay_s(LOST, 0.0) for _ in range(10)]

    assert 5 <= delays[0] <= 7.5
    assert delays == sorted(delays)
    assert delays[-1] == 300


def test_a_refused_login_waits_for_a_minute_at_least() -> None:
    rule = RetryRule(ChatSettings())

    delays = [rule.delay_s(REFUSED, 0.0) for _ in range(10)]

    assert delays[0] >= 60
    assert delays[-1] == 3600


def test_after_a_connection_that_lived_the_next_is_made_at_once_and_the_row_ends() -> None:
    rule = RetryRule(ChatSettings(stable_after_s=30))
    for _ in range(5):
        rule.delay_s(LOST, 0.0)

    assert rule.delay_s(LOST, 31.0) == 0
    assert rule.delay_s(LOST, 0.0) <= 7.5


def test_a_connection_that_was_thrown_out_soon_is_a_failure() -> None:
    rule = RetryRule(ChatSettings(stable_after_s=30))

    first, second = rule.delay_s(LOST, 5.0), rule.delay_s(LOST, 5.0)

    assert first >= 5
    assert second >= 10


def test_enough_failures_in_a_row_end_it() -> None:
    rule = RetryRule(ChatSettings(retry_max_attempts=2))
    rule.delay_s(LOST, 0.0)

    with pytest.raises(ChatUnavailableError, match="connection lost"):
        rule.delay_s(LOST, 0.0)
