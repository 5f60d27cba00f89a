"""Joining, leaving and keeping channels."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.support.fakes import FixedClock, InterruptedDatabase
from tests.support.scripted_chat import ScriptedChat
from tests.support.waiting import eventually
from twitchbot.domain.channel import ChannelProblem
from twitchbot.domain.errors import (
    BotDisabledError,
    ChannelNotJoinedError,
    ChatUnavailableError,
)
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.bot.join_channel import JoinChannel
from twitchbot.usecases.bot.keep_channels import KeepChannels
from twitchbot.usecases.bot.leave_channel import LeaveChannel
from twitchbot.usecases.bot.read import GetBotStatus, ListChannels, PrimaryChannel
from twitchbot.usecases.bot.record_membership import RecordJoined, RecordRefused
from twitchbot.usecases.bot.send_message import SendMessage
from twitchbot.usecases.ports.chat_source import JoinOutcome, SendOutcome
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database, Repositories


@pytest.fixture
def chat() -> ScriptedChat:
    return ScriptedChat()


@pytest.fixture
def clock() -> Clock:
    return FixedClock()


async def wanted(database: Database) -> list[str]:
    async with database.read() as uow:
        return [channel.login for channel in await uow.channels.wanted()]


async def test_a_confirmed_channel_is_kept_with_its_id(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    chat.room_ids["chan"] = "2001"

    outcome = await JoinChannel(Bot(chat), database, clock)("chan", 1.0)

    async with database.read() as uow:
        kept = await uow.channels.get("chan")
    assert outcome.joined
    assert kept is not None
    assert (kept.wanted, kept.channel_id, kept.joined_at) == (True, "2001", clock.now())


async def test_an_id_that_comes_while_a_channel_is_written_down_is_kept(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    async def hear_the_id() -> None:
        chat.room_ids["chan"] = "2001"
        await RecordJoined(database, clock)("chan", "2001")

    interrupted = InterruptedDatabase(database, hear_the_id)

    await JoinChannel(Bot(chat), interrupted, clock)("chan", 1.0)

    async with database.read() as uow:
        kept = await uow.channels.get("chan")
    assert kept is not None
    assert kept.channel_id == "2001"


async def test_a_refused_channel_is_not_kept(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    chat.refusals["chan"] = ChannelProblem.SUSPENDED

    outcome = await JoinChannel(Bot(chat), database, clock)("chan", 1.0)

    assert outcome.problem is ChannelProblem.SUSPENDED
    assert chat.kept == []
    assert await wanted(database) == []


async def test_a_channel_that_was_wanted_before_stays_wanted_when_it_is_refused(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    join = JoinChannel(Bot(chat), database, clock)
    await join("chan", 1.0)
    chat.refusals["chan"] = ChannelProblem.BANNED

    await join("chan", 1.0)

    assert chat.kept == ["chan"]
    assert await wanted(database) == ["chan"]


async def test_a_channel_that_could_not_be_asked_for_is_not_kept(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    chat.failure = ChatUnavailableError("no connection")

    with pytest.raises(ChatUnavailableError):
        await JoinChannel(Bot(chat), database, clock)("chan", 1.0)

    assert chat.kept == []
    assert await wanted(database) == []


async def test_a_channel_whose_caller_gave_up_waiting_is_not_kept(
    database: Database, clock: Clock
) -> None:
    class SilentChat(ScriptedChat):
        async def join(self, channel: str, patience_s: float) -> JoinOutcome:
            self.keep([channel])
            await asyncio.sleep(3600)
            raise AssertionError("waited for an hour")

    chat = SilentChat()
    joining = asyncio.create_task(JoinChannel(Bot(chat), database, clock)("chan", 1.0))
    await eventually(lambda: chat.kept == ["chan"])

    joining.cancel()
    await asyncio.wait((joining,))

    assert joining.cancelled()
    assert chat.kept == []


class SlowChat(ScriptedChat):
    """Confirms a join when it is told to, unless the caller's patience ends before.

    Once it `is_joined`, whoever asks anew is told so at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.confirmed = asyncio.Event()
        self.is_joined = False
        self.joining = 0

    async def join(self, channel: str, patience_s: float) -> JoinOutcome:
        self.keep([channel])
        self.joining += 1
        if self.is_joined:
            return JoinOutcome(joined=True)
        try:
            async with asyncio.timeout(patience_s):
                await self.confirmed.wait()
        except TimeoutError:
            return JoinOutcome(joined=False, problem=ChannelProblem.NOT_CONFIRMED)
        return JoinOutcome(joined=channel in self.kept)


async def test_who_gives_up_joining_does_not_leave_for_who_waits_on(
    database: Database, clock: Clock
) -> None:
    chat = SlowChat()
    join = JoinChannel(Bot(chat), database, clock)
    patient = asyncio.create_task(join("chan", 10.0))
    await eventually(lambda: chat.joining == 1)

    given_up = await join("chan", 0.0)
    chat.confirmed.set()

    assert not given_up.joined
    assert (await patient).joined
    assert chat.kept == await wanted(database) == ["chan"]


async def test_who_gives_up_joining_does_not_leave_what_somebody_else_has_joined(
    database: Database, clock: Clock
) -> None:
    chat = SlowChat()
    join = JoinChannel(Bot(chat), database, clock)
    given_up = asyncio.create_task(join("chan", 10.0))
    await eventually(lambda: chat.joining == 1)
    chat.is_joined = True
    assert (await join("chan", 10.0)).joined

    given_up.cancel()
    await asyncio.wait((given_up,))

    assert chat.kept == await wanted(database) == ["chan"]


async def test_a_channel_is_left_when_all_have_given_up(database: Database, clock: Clock) -> None:
    chat = SlowChat()
    join = JoinChannel(Bot(chat), database, clock)

    outcomes = await asyncio.gather(join("chan", 0.0), join("chan", 0.01))

    assert [outcome.joined for outcome in outcomes] == [False, False]
    assert chat.kept == []


async def test_leaving_a_channel_forgets_it(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    await JoinChannel(Bot(chat), database, clock)("chan", 1.0)
    leave = LeaveChannel(Bot(chat), database, clock)

    first, second = await leave("chan"), await leave("chan")

    assert (first, second) == (True, False)
    assert chat.kept == []
    assert await wanted(database) == []


async def test_after_a_start_configured_and_remembered_channels_are_kept(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    await JoinChannel(Bot(ScriptedChat()), database, clock)("old", 1.0)
    bot = Bot(chat, ("configured", "old"))

    count = await KeepChannels(bot, database, clock)()

    assert count == 2
    assert sorted(chat.kept) == ["configured", "old"]


async def test_channels_are_listed_with_the_primary_one(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    bot = Bot(chat)
    await JoinChannel(bot, database, clock)("first", 1.0)
    await JoinChannel(bot, database, clock)("second", 1.0)

    remembered = await ListChannels(bot, database, PrimaryChannel(bot, database))()
    configured = await PrimaryChannel(Bot(chat, ("second",)), database)()

    assert remembered.channels == ["first", "second"]
    assert remembered.primary_channel == "first"
    assert [status.channel for status in remembered.statuses] == ["first", "second"]
    assert configured == "second"


async def test_a_list_of_channels_is_of_one_moment(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    class RestlessDatabase(Database):
        """After each look at it, somebody leaves the first channel."""

        @asynccontextmanager
        async def read(self) -> AsyncIterator[Repositories]:
            async with database.read() as uow:
                yield uow
            await LeaveChannel(bot, database, clock)("first")

        def write(self) -> AbstractAsyncContextManager[Repositories]:
            return database.write()

    bot = Bot(chat)
    await JoinChannel(bot, database, clock)("first", 1.0)
    await JoinChannel(bot, database, clock)("second", 1.0)
    restless = RestlessDatabase()

    listed = await ListChannels(bot, restless, PrimaryChannel(bot, restless))()

    assert (listed.channels, listed.primary_channel) == (["first", "second"], "first")


async def test_a_message_without_channel_goes_to_the_primary_one(
    database: Database, clock: Clock, chat: ScriptedChat
) -> None:
    bot = Bot(chat)
    await JoinChannel(bot, database, clock)("chan", 1.0)

    outcome = await SendMessage(bot, PrimaryChannel(bot, database))("", "hello", 1.0)

    assert outcome.delivered
    assert chat.said == [("chan", "hello")]


async def test_looking_for_the_primary_channel_takes_of_the_time_for_a_message(
    database: Database,
) -> None:
    class SlowPrimary(PrimaryChannel):
        """Takes its time."""

        async def __call__(self) -> str:
            await asyncio.sleep(0.05)
            return "chan"

    class HurriedChat(ScriptedChat):
        """Notes how long it was given."""

        patience_s = 0.0

        async def send(
            self, channel: str, text: str, patience_s: float, reply_to: str = ""
        ) -> SendOutcome:
            self.patience_s = patience_s
            return SendOutcome(delivered=True)

    chat = HurriedChat()

    await SendMessage(Bot(chat), SlowPrimary(Bot(chat), database))("", "hello", 10.0)

    assert 9.0 < chat.patience_s <= 9.95


async def test_a_message_without_any_channel_is_refused(
    database: Database, chat: ScriptedChat
) -> None:
    bot = Bot(chat)

    with pytest.raises(ChannelNotJoinedError, match="TWITCH_CHANNEL"):
        await SendMessage(bot, PrimaryChannel(bot, database))("", "hello", 1.0)


async def test_without_a_bot_every_verb_says_what_to_set(database: Database, clock: Clock) -> None:
    off = Bot(None)
    primary = PrimaryChannel(off, database)
    attempts = (
        JoinChannel(off, database, clock)("chan", 1.0),
        LeaveChannel(off, database, clock)("chan"),
        ListChannels(off, database, primary)(),
        GetBotStatus(off)(),
        SendMessage(off, primary)("chan", "hello", 1.0),
    )

    for attempt in attempts:
        with pytest.raises(BotDisabledError, match="TWITCH_CHANNEL"):
            await attempt


async def test_the_status_is_that_of_the_connection(chat: ScriptedChat) -> None:
    assert (await GetBotStatus(Bot(chat))()).login == "mybot"


async def test_joins_and_refusals_are_written_down(database: Database, clock: Clock) -> None:
    async with database.write() as uow:
        await uow.channels.want("chan", clock.now())

    await RecordJoined(database, clock)("chan", "2001")
    await RecordRefused(database, clock)("chan", ChannelProblem.BANNED, "You are banned.")
    async with database.read() as uow:
        explained = await uow.channels.get("chan")
    await RecordRefused(database, clock)("chan", ChannelProblem.NOT_CONFIRMED, "")
    async with database.read() as uow:
        silent = await uow.channels.get("chan")

    assert explained is not None
    assert silent is not None
    assert (explained.channel_id, explained.last_error) == ("2001", "banned: You are banned.")
    assert silent.last_error == "not_confirmed"
