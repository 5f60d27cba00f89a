from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from twitchbot.support.backoff import backoff


def test_delays_double_from_the_base_up_to_the_maximum() -> None:
    delays = list(islice(backoff(5, 300, chance=lambda: 0.0), 8))

    assert delays == [5, 10, 20, 40, 80, 160, 300, 300]


def test_jitter_lengthens_a_delay_by_up_to_a_half() -> None:
    delays = list(islice(backoff(4, 100, chance=lambda: 1.0), 3))

    assert delays == [6, 12, 24]


@given(base_s=st.floats(0.01, 60), max_s=st.floats(60, 3600))
def test_no_delay_is_below_the_base_or_above_the_maximum(base_s: float, max_s: float) -> None:
    assert all(base_s <= delay_s <= max_s for delay_s in islice(backoff(base_s, max_s), 40))


def test_two_clients_that_failed_together_wait_differently() -> None:
    first, second = (list(islice(backoff(5, 300), 5)) for _ in range(2))

    assert first != second
