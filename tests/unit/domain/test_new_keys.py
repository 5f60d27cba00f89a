"""Fresh ids by the dozen."""

from __future__ import annotations

import time
from uuid import UUID

from twitchbot.domain.ids import new_keys, unix_ms_of


def test_keys_are_distinct_ids_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000

    keys = [UUID(bytes=key) for key in new_keys(1000)]

    assert len(set(keys)) == 1000
    assert all(key.version == 7 and before <= unix_ms_of(key) for key in keys)


def test_no_keys_are_no_trouble() -> None:
    assert new_keys(0) == []
