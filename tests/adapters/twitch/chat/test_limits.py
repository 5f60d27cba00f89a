from __future__ import annotations

import asyncio

import pytest

from twitchbot.adapters.twitch.chat.limits import (
    AccountLimits,
    LimitSettings,
    Pacing,
    SlidingWindow,
)
from twitchbot.domain.errors import LimitReachedError


class Time:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    async def sleep(self, delay_s: float) -> None:
        self.now_s += delay_s
        await asyncio.sleep(0)

    @property
    def pacing(self) -> Pacing:
        return Pacing(monotonic=lambda: self.now_s, sleep=self.sleep)


def most_in_any_window(times: list[float], window_s: float) -> int:
    return max(sum(start <= time < start + window_s for time in times) for start in times)


async def sent_times(
    limits: AccountLimits, time: Time, count: int, *, privileged: bool, channels: int = 50
) -> list[float]:
    times = []
    for number in range(count):
        await limits.sends.acquire(f"chan{number % channels}", 1e9, privileged=privileged)
        times.append(time.now_s)
    return times


async def test_joins_never_exceed_twitchs_limit_in_any_ten_seconds() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(), time.pacing)
    times = []

    for _ in range(100):
        await limits.joins.acquire()
        times.append(time.now_s)

    assert most_in_any_window(times, 10.0) == 18
    assert times[-1] - times[0] < 6 * 11


async def test_a_login_may_wait_for_the_window_to_empty() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(logins=1, login_window_s=10), time.pacing)

    await limits.logins.acquire()
    await limits.logins.acquire()

    assert time.now_s == 1010


async def test_ordinary_messages_keep_to_the_lower_limit() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(), time.pacing)

    times = await sent_times(limits, time, 100, privileged=False)

    assert most_in_any_window(times, 30.0) == 19


async def test_a_moderator_keeps_to_the_higher_limit() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(), time.pacing)

    times = await sent_times(limits, time, 300, privileged=True)

    assert most_in_any_window(times, 30.0) == 99


async def test_messages_as_moderator_count_for_the_lower_limit_too() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(), time.pacing)
    await sent_times(limits, time, 19, privileged=True)

    with pytest.raises(LimitReachedError) as refused:
        await limits.sends.acquire("ordinary", 5, privileged=False)

    assert refused.value.retry_after_s == pytest.approx(31)


async def test_messages_to_one_channel_keep_their_distance() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(), time.pacing)

    times = await sent_times(limits, time, 4, privileged=False, channels=1)

    assert [round(time - times[0], 3) for time in times] == [0, 1.1, 2.2, 3.3]


async def test_a_moderator_needs_no_distance() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(), time.pacing)

    times = await sent_times(limits, time, 4, privileged=True, channels=1)

    assert times == [1000.0] * 4


async def test_who_would_wait_too_long_is_told_at_once_for_how_long() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(joins=1, join_window_s=10), time.pacing)
    await limits.joins.acquire()

    with pytest.raises(LimitReachedError) as refused:
        await limits.joins.acquire(patience_s=9.9)

    assert refused.value.retry_after_s == 10
    assert time.now_s == 1000


async def test_who_waits_counts_for_those_behind() -> None:
    limits = AccountLimits(LimitSettings(joins=1, join_window_s=10))
    await limits.joins.acquire()
    waiting = asyncio.create_task(limits.joins.acquire(patience_s=15))
    await asyncio.sleep(0)

    with pytest.raises(LimitReachedError) as refused:
        await limits.joins.acquire(patience_s=15)

    assert refused.value.retry_after_s == pytest.approx(20, abs=0.5)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_who_gives_up_leaves_no_place_taken() -> None:
    time = Time()
    limits = AccountLimits(LimitSettings(joins=1, join_window_s=10), time.pacing)
    await limits.joins.acquire()
    for _ in range(5):
        with pytest.raises(LimitReachedError):
            await limits.joins.acquire(patience_s=1)

    await limits.joins.acquire()

    assert time.now_s == 1010


def test_a_window_counts_only_what_lies_within() -> None:
    window = SlidingWindow(10)
    for now in (0, 1, 2):
        window.count(now)

    assert window.wait_s(3, limit=4) == 0
    assert window.wait_s(3, limit=3) == 7
    assert window.wait_s(3, limit=3, ahead=1) == 8
    assert window.wait_s(3, limit=3, ahead=3) == 17
    assert window.wait_s(12.5, limit=1) == 0


async def test_the_pause_in_a_channel_begins_with_the_answer_to_the_last_message() -> None:
    time = Time()
    sends = AccountLimits(LimitSettings(message_interval_s=1.1), time.pacing).sends
    await sends.acquire("chan", 10, privileged=False)

    async def answer_late() -> float:
        time.now_s += 0.6
        sends.answered("chan")
        return time.now_s

    _, answered_at = await asyncio.gather(
        sends.acquire("chan", 10, privileged=False), answer_late()
    )

    assert time.now_s >= answered_at + 1.1


async def test_an_answer_for_a_channel_where_nothing_was_said_changes_nothing() -> None:
    time = Time()
    sends = AccountLimits(LimitSettings(), time.pacing).sends

    sends.answered("chan")
    await sends.acquire("chan", 0.1, privileged=False)

    assert time.now_s == 1000.0
