"""The budget of points."""

import asyncio
from datetime import timedelta

import pytest

from tests.support.builders import NOON
from tests.support.fakes import FixedClock
from twitchbot.adapters.twitch.helix.budget import LONGEST_WAIT_S, PointBudget


def left(points: int, limit: int = 800) -> dict[str, str]:
    return {"ratelimit-limit": str(limit), "ratelimit-remaining": str(points)}


def test_a_full_bucket_waits_for_nothing() -> None:
    assert PointBudget(FixedClock()).wait_s() == 0


def test_a_tenth_of_the_points_is_left_alone() -> None:
    budget = PointBudget(FixedClock())

    budget.note(left(81))
    assert budget.wait_s() == 0

    budget.note(left(41))
    assert budget.wait_s() == pytest.approx(40 / 800 * 60, abs=0.1)


def test_what_twitch_says_only_ever_lowers_our_count() -> None:
    budget = PointBudget(FixedClock())

    budget.note(left(0))
    budget.note(left(800))

    assert budget.wait_s() > 0


@pytest.mark.parametrize("text", ["", "many", "-5", "٣", "9" * 20])
def test_odd_headers_are_ignored(text: str) -> None:
    budget = PointBudget(FixedClock())

    budget.note({"ratelimit-remaining": text, "ratelimit-limit": text})

    assert budget.wait_s() == 0


def test_a_used_up_bucket_is_waited_for_until_it_is_full() -> None:
    budget = PointBudget(FixedClock())

    budget.note(left(0))
    budget.block({"ratelimit-reset": str(int((NOON + timedelta(seconds=20)).timestamp()))})

    assert 19 <= budget.wait_s() <= 21


@pytest.mark.parametrize("reset", ["9999999999", "0", ""])
def test_a_wrong_clock_neither_stops_us_nor_lets_us_hammer(reset: str) -> None:
    budget = PointBudget(FixedClock())

    budget.block({"ratelimit-reset": reset})

    assert 0.9 <= budget.wait_s() <= LONGEST_WAIT_S + 1


async def test_callers_take_turns() -> None:
    budget = PointBudget(FixedClock())
    budget.note(left(82))

    await asyncio.gather(budget.spend(), budget.spend())

    assert budget.wait_s() > 0
