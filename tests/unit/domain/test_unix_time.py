from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from twitchbot.domain.unix_time import EPOCH, unix_ms, unix_us

INSTANTS = st.datetimes(timezones=st.just(UTC))


@given(INSTANTS)
def test_microseconds_lead_back_to_the_same_instant(at: datetime) -> None:
    assert EPOCH + timedelta(microseconds=unix_us(at)) == at


@given(INSTANTS)
def test_milliseconds_are_rounded_down(at: datetime) -> None:
    assert unix_ms(at) == unix_us(at) // 1000


def test_instants_count_from_the_epoch() -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)

    assert unix_us(at) == 1_772_366_400_123_456
    assert unix_ms(at) == 1_772_366_400_123


def test_an_instant_counts_and_not_how_its_zone_writes_it() -> None:
    in_berlin = datetime(2026, 3, 1, 13, 0, tzinfo=timezone(timedelta(hours=1)))

    assert unix_ms(in_berlin) == unix_ms(datetime(2026, 3, 1, 12, 0, tzinfo=UTC))
