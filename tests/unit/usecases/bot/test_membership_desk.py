"""News of our channels are written down in order, whatever the database does."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.fakes import FixedClock
from tests.support.waiting import eventually
from twitchbot.domain.channel import ChannelProblem
from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.usecases.bot import membership_desk
from twitchbot.usecases.bot.membership_desk import MembershipDesk
from twitchbot.usecases.bot.record_membership import RecordJoined, RecordRefused
from twitchbot.usecases.ports.unit_of_work import Database


async def test_joins_and_refusals_reach_the_database(database: Database) -> None:
    clock = FixedClock()
    chatters_read: list[tuple[str, str]] = []

    async def read_chatters(channel: str, channel_id: str) -> None:
        chatters_read.append((channel, channel_id))

    async with database.write() as uow:
        await uow.channels.want("chan", clock.now())
        await uow.channels.want("gone", clock.now())
    desk = MembershipDesk(
        RecordJoined(database, clock), RecordRefused(database, clock), read_chatters
    )
    running = asyncio.create_task(desk.run())

    desk.joined("chan", "2001")
    desk.joined("chan", "")
    desk.refused("gone", ChannelProblem.SUSPENDED, "No such channel.")

    async def is_written() -> bool:
        async with database.read() as uow:
            gone = await uow.channels.get("gone")
        return gone is not None and gone.last_error == "suspended: No such channel."

    await eventually(is_written)
    async with database.read() as uow:
        chan = await uow.channels.get("chan")
    assert chan is not None
    assert chan.channel_id == "2001"
    assert chatters_read == [("chan", "2001")]
    running.cancel()


async def test_news_wait_for_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership_desk, "RETRY_BASE_S", 0.01)
    failures = 2
    written: list[str] = []

    async def record(channel: str, _channel_id: str) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise DatabaseUnavailableError("away")
        written.append(channel)

    desk = MembershipDesk(record, record)  # type: ignore[arg-type]  # a function in their place
    running = asyncio.create_task(desk.run())

    desk.joined("first", "1")
    desk.joined("second", "2")

    await eventually(lambda: written == ["first", "second"])
    running.cancel()


async def test_news_that_fail_for_a_reason_nobody_planned_cost_themselves_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    written: list[str] = []

    async def record(channel: str, _channel_id: str) -> None:
        if channel == "odd":
            raise ValueError("nobody planned this")
        written.append(channel)

    desk = MembershipDesk(record, record)  # type: ignore[arg-type]  # a function in their place
    running = asyncio.create_task(desk.run())

    desk.joined("odd", "1")
    desk.joined("next", "2")

    await eventually(lambda: written == ["next"] or running.done())
    assert written == ["next"]
    assert "nobody planned this" in caplog.text
    running.cancel()


async def test_what_there_is_no_room_for_is_reported(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, database: Database
) -> None:
    monkeypatch.setattr(membership_desk, "MAX_WAITING", 1)
    clock = FixedClock()
    desk = MembershipDesk(RecordJoined(database, clock), RecordRefused(database, clock))

    desk.joined("first", "1")
    desk.joined("second", "2")

    assert "away for too long" in caplog.text
