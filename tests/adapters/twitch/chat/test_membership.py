from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.builders import NOON
from tests.support.fakes import FixedClock
from twitchbot.adapters.twitch.chat.membership import Membership
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.channel import ChannelProblem, ChannelState, ChannelStatus

SETTINGS = ChatSettings()


class Table:
    """A membership table, the time it lives in, and what it reported."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.clock = FixedClock()
        self.unconfirmed: list[ChannelStatus] = []
        self.membership = Membership(
            SETTINGS, self.clock, lambda: self.now_s, self.unconfirmed.append
        )

    def joins_due(self) -> list[str]:
        """Send every JOIN that is due."""
        sent = []
        while (channel := self.membership.next_join()) is not None:
            self.membership.asked(channel)
            sent.append(channel)
        return sent

    def state(self, channel: str) -> ChannelState | None:
        status = self.membership.status(channel)
        return None if status is None else status.state


@pytest.fixture
def table() -> Table:
    return Table()


def test_wanted_channels_are_due_in_the_order_they_were_asked_for(table: Table) -> None:
    for channel in ("first", "second", "third"):
        table.membership.want(channel)

    assert table.joins_due() == ["first", "second", "third"]
    assert table.joins_due() == []


def test_an_urgent_channel_goes_before_all_others(table: Table) -> None:
    table.membership.want("patient")
    table.membership.want("urgent", urgently=True)

    assert table.joins_due() == ["urgent", "patient"]


def test_a_channel_is_joined_once_confirmed(table: Table) -> None:
    table.membership.want("chan")
    table.joins_due()
    table.clock.move(timedelta(seconds=1))

    assert table.membership.confirmed("chan", "") is True
    assert table.membership.confirmed("chan", "2001") is True
    assert table.membership.confirmed("chan", "2001") is False

    assert table.membership.status("chan") == ChannelStatus(
        channel="chan",
        state=ChannelState.JOINED,
        channel_id="2001",
        joined_at=NOON + timedelta(seconds=1),
    )
    assert table.membership.due_in_s() is None


def test_a_room_state_alone_confirms_a_join(table: Table) -> None:
    table.membership.want("chan")
    table.joins_due()

    table.membership.confirmed("chan", "2001")

    assert table.state("chan") is ChannelState.JOINED


def test_a_confirmation_for_a_channel_never_asked_changes_nothing(table: Table) -> None:
    assert table.membership.confirmed("stranger", "9") is False
    assert table.membership.statuses() == []


def test_a_join_that_meets_silence_is_repeated_twice_and_then_given_up(table: Table) -> None:
    table.membership.want("nowhere")
    sent = []

    for _ in range(100):
        sent += table.joins_due()
        table.now_s += 1

    assert sent == ["nowhere"] * 3
    assert table.state("nowhere") is ChannelState.UNCONFIRMED
    assert [status.problem for status in table.unconfirmed] == [ChannelProblem.NOT_CONFIRMED]


def test_an_unconfirmed_channel_is_tried_every_hour_and_reported_once(table: Table) -> None:
    table.membership.want("nowhere")
    for _ in range(4):
        table.joins_due()
        table.now_s += SETTINGS.join_timeout_s
    assert table.state("nowhere") is ChannelState.UNCONFIRMED

    hours = []
    for _ in range(3):
        table.now_s += SETTINGS.join_retry_s
        hours.append(table.joins_due())
        table.now_s += SETTINGS.join_timeout_s
        assert table.joins_due() == []

    assert hours == [["nowhere"]] * 3
    assert len(table.unconfirmed) == 1


@pytest.mark.parametrize(
    ("problem", "retry_s"),
    [
        (ChannelProblem.SUSPENDED, 3600),
        (ChannelProblem.BANNED, 3600),
        (ChannelProblem.CHANNEL_LIMIT, 600),
    ],
)
def test_a_refused_channel_is_tried_again_much_later(
    table: Table, problem: ChannelProblem, retry_s: float
) -> None:
    table.membership.want("chan")
    table.joins_due()

    assert table.membership.refused("chan", problem, "the reason") is True

    status = table.membership.status("chan")
    assert status is not None
    assert (status.state, status.problem, status.detail) == (
        ChannelState.REFUSED,
        problem,
        "the reason",
    )
    assert table.membership.due_in_s() == retry_s
    table.now_s = retry_s - 1
    assert table.joins_due() == []
    table.now_s = retry_s
    assert table.joins_due() == ["chan"]


def test_the_same_refusal_again_is_no_news(table: Table) -> None:
    table.membership.want("chan")

    assert table.membership.refused("chan", ChannelProblem.BANNED, "banned") is True
    assert table.membership.refused("chan", ChannelProblem.BANNED, "banned") is False
    assert table.membership.refused("chan", ChannelProblem.SUSPENDED, "gone") is True
    assert table.membership.refused("stranger", ChannelProblem.BANNED, "banned") is False


def test_asking_urgently_tries_a_refused_channel_at_once(table: Table) -> None:
    table.membership.want("chan")
    table.joins_due()
    table.membership.refused("chan", ChannelProblem.BANNED, "banned")

    table.membership.want("chan")
    assert table.joins_due() == []
    table.membership.want("chan", urgently=True)

    assert table.joins_due() == ["chan"]


def test_wanting_a_joined_channel_again_changes_nothing(table: Table) -> None:
    table.membership.want("chan")
    table.joins_due()
    table.membership.confirmed("chan", "2001")

    table.membership.want("chan", urgently=True)

    assert table.state("chan") is ChannelState.JOINED
    assert table.joins_due() == []


def test_after_a_disconnect_what_was_joined_is_joined_again(table: Table) -> None:
    for channel in ("joined", "asked", "banned"):
        table.membership.want(channel)
    table.joins_due()
    table.membership.confirmed("joined", "2001")
    table.membership.refused("banned", ChannelProblem.BANNED, "banned")

    table.membership.disconnected()

    assert table.state("joined") is ChannelState.JOINING
    assert table.state("banned") is ChannelState.REFUSED
    assert table.joins_due() == ["joined", "asked"]
    status = table.membership.status("joined")
    assert status is not None
    assert (status.channel_id, status.joined_at) == ("2001", None)


def test_a_forgotten_channel_is_neither_joined_nor_heard(table: Table) -> None:
    table.membership.want("chan")
    assert table.membership.hears(b"chan")

    assert table.membership.forget("chan") is True

    assert table.joins_due() == []
    assert not table.membership.hears(b"chan")
    assert table.membership.forget("chan") is False


def test_a_channel_forgotten_and_wanted_again_is_asked_for_once(table: Table) -> None:
    table.membership.want("chan")
    table.membership.forget("chan")
    table.membership.want("chan")

    assert table.joins_due() == ["chan"]
