from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_viewer
from twitchbot.domain.viewer import ViewerPatch, ViewerStats

DAY = timedelta(days=1)


def test_days_are_whole_ones_rounded_down() -> None:
    viewer = a_viewer(first_seen=NOON, last_seen=NOON + 2 * DAY)

    stats = viewer.stats(7, 2, NOON + 3 * DAY - timedelta(microseconds=1))

    assert stats == ViewerStats(
        total_messages=7,
        total_streams_watched=2,
        days_since_first_seen=2,
        days_since_last_seen=0,
    )


@pytest.mark.parametrize(("after", "days"), [(timedelta(0), 0), (DAY, 1), (-DAY, 0)])
def test_days_are_never_negative(after: timedelta, days: int) -> None:
    assert a_viewer().stats(0, 0, NOON + after).days_since_first_seen == days


def test_a_patch_changes_what_it_names() -> None:
    viewer = a_viewer(total_messages=5)

    patched = viewer.patched(ViewerPatch(username="new", total_messages=0), NOON + DAY)

    assert patched == replace(viewer, username="new", total_messages=0, updated_at=NOON + DAY)
