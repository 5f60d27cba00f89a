"""Commands typed into chat, and the desk where they wait."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from tests.support.builders import CHANNEL, a_message
from tests.support.counting_metrics import CountingMetrics
from tests.support.fakes import FixedClock
from tests.support.scripted_chat import ScriptedChat
from tests.support.waiting import eventually
from twitchbot.domain.errors import ChatUnavailableError
from twitchbot.domain.message import ChatMessage
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.commands.answer_command import AnswerCommand
from twitchbot.usecases.commands.command_desk import MAX_WAITING, CommandDesk
from twitchbot.usecases.commands.create_command import CreateCommand
from twitchbot.usecases.commands.execute_command import ExecuteCommand
from twitchbot.usecases.ports.chat_source import SendOutcome
from twitchbot.usecases.ports.unit_of_work import Database, Repositories


@pytest.fixture
def chat() -> ScriptedChat:
    chat = ScriptedChat(own_user_id="1001")
    chat.keep([CHANNEL, "chan2"])
    return chat


@pytest.fixture
def metrics() -> CountingMetrics:
    return CountingMetrics()


@pytest.fixture
def answer(database: Database, chat: ScriptedChat, metrics: CountingMetrics) -> AnswerCommand:
    return AnswerCommand(Bot(chat), ExecuteCommand(database, FixedClock()), metrics)


async def stored(database: Database, name: str, response: str, **options: bool | int) -> None:
    await CreateCommand(database, FixedClock())(
        name=name,
        description="",
        response=response,
        is_active=True,
        moderator_only=bool(options.get("moderator_only")),
        subscriber_only=bool(options.get("subscriber_only")),
        cooldown_seconds=int(options.get("cooldown_seconds", 0)),
    )


async def test_a_guest_who_cannot_answer_takes_no_use_of_a_command(
    database: Database, metrics: CountingMetrics
) -> None:
    answer = AnswerCommand(
        Bot(ScriptedChat(own_user_id="")), ExecuteCommand(database, FixedClock()), metrics
    )

    assert not answer.concerns(a_message(text="!discord"))


async def test_a_command_is_answered_in_the_channel_where_it_was_asked(
    answer: AnswerCommand, database: Database, chat: ScriptedChat, metrics: CountingMetrics
) -> None:
    await stored(database, "!discord", "discord.gg/abc")

    await answer(a_message(text="!Discord please", channel="chan2"))

    assert chat.said == [("chan2", "discord.gg/abc")]
    assert metrics.commands == Counter(answered=1)


@pytest.mark.parametrize(
    ("roles", "answered"),
    [
        ({}, False),
        ({"is_subscriber": True}, False),
        ({"is_vip": True}, False),
        ({"is_moderator": True}, True),
        ({"is_broadcaster": True}, True),
    ],
)
async def test_a_moderator_command_answers_moderators_and_the_broadcaster(
    answer: AnswerCommand,
    database: Database,
    chat: ScriptedChat,
    roles: dict[str, bool],
    answered: bool,
) -> None:
    await stored(database, "!so", "follow them", moderator_only=True)

    await answer(a_message(text="!so", **roles))

    assert bool(chat.said) is answered


async def test_a_command_that_cools_down_stays_silent(
    answer: AnswerCommand, database: Database, chat: ScriptedChat, metrics: CountingMetrics
) -> None:
    await stored(database, "!hi", "hello", cooldown_seconds=30)

    await answer(a_message(text="!hi"))
    await answer(a_message(text="!hi"))

    assert chat.said == [(CHANNEL, "hello")]
    assert metrics.commands == Counter({"answered": 1, "command is on cooldown": 1})


@pytest.mark.parametrize(
    ("message", "concerned"),
    [
        (a_message(text="!hi"), True),
        (a_message(text="  !hi"), True),
        (a_message(text="\U000e0000!hi\U000e0000"), True),
        (a_message(text="hi!"), False),
        (a_message(text="hello there"), False),
        (a_message(text="!hi", user_id="1001"), False),
        (a_message(text="!hi", source_channel_id="2002"), False),
    ],
)
async def test_only_what_somebody_else_types_here_concerns_the_bot(
    answer: AnswerCommand, message: ChatMessage, concerned: bool
) -> None:
    assert answer.concerns(message) is concerned


@pytest.mark.parametrize(
    ("response", "said"),
    [
        ("/ban everybody", "\u200b/ban everybody"),
        (".timeout x", "\u200b.timeout x"),
        ("a\r\nQUIT", "a QUIT"),
    ],
)
async def test_a_response_can_not_act_as_a_chat_command(
    answer: AnswerCommand, database: Database, chat: ScriptedChat, response: str, said: str
) -> None:
    await stored(database, "!x", response)

    await answer(a_message(text="!x"))

    assert chat.said == [(CHANNEL, said)]


async def test_a_response_without_any_text_is_not_sent(
    answer: AnswerCommand, database: Database, chat: ScriptedChat, metrics: CountingMetrics
) -> None:
    await stored(database, "!x", "\u200b")

    await answer(a_message(text="!x"))

    assert chat.said == []
    assert metrics.commands == Counter({"empty response": 1})


async def test_an_answer_that_twitch_drops_is_counted_by_its_reason(
    answer: AnswerCommand, database: Database, chat: ScriptedChat, metrics: CountingMetrics
) -> None:
    await stored(database, "!x", "y")
    chat.drop = SendOutcome(delivered=False, code="msg_duplicate")
    await answer(a_message(text="!x"))
    chat.failure = ChatUnavailableError("no connection")
    await answer(a_message(text="!x"))

    assert metrics.commands == Counter(msg_duplicate=1, chat_unavailable=1)


async def test_a_command_that_is_not_found_in_time_is_not_answered(
    chat: ScriptedChat, metrics: CountingMetrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StuckDatabase(Database):
        """Never gets to a transaction."""

        @asynccontextmanager
        async def read(self) -> AsyncIterator[Repositories]:
            await asyncio.Event().wait()
            yield cast("Repositories", None)

        write = read

    answer = AnswerCommand(Bot(chat), ExecuteCommand(StuckDatabase(), FixedClock()), metrics)
    desk = CommandDesk(answer, metrics)
    monkeypatch.setattr("twitchbot.usecases.commands.answer_command.LOOKUP_PATIENCE_S", 0.05)

    desk.hear(a_message(text="!x"))
    await run_until(desk, metrics, "timed out")

    assert chat.said == []


async def run_until(desk: CommandDesk, metrics: CountingMetrics, outcome: str) -> None:
    running = asyncio.create_task(desk.run())
    await eventually(lambda: metrics.commands[outcome] > 0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_desk_answers_what_it_hears(
    answer: AnswerCommand, database: Database, chat: ScriptedChat, metrics: CountingMetrics
) -> None:
    await stored(database, "!x", "y")
    desk = CommandDesk(answer, metrics)

    desk.hear(a_message(text="no command"))
    desk.hear(a_message(text="!x"))
    await run_until(desk, metrics, "answered")

    assert chat.said == [(CHANNEL, "y")]


async def test_the_desk_drops_what_it_has_no_room_for(
    answer: AnswerCommand, metrics: CountingMetrics
) -> None:
    desk = CommandDesk(answer, metrics)

    for _ in range(MAX_WAITING + 2):
        desk.hear(a_message(text="!x"))

    assert metrics.commands == Counter(dropped=2)


async def test_a_bug_in_one_answer_costs_that_answer_only(
    answer: AnswerCommand,
    database: Database,
    chat: ScriptedChat,
    metrics: CountingMetrics,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await stored(database, "!x", "y")
    desk = CommandDesk(answer, metrics)
    monkeypatch.setattr(chat, "send", None)
    desk.hear(a_message(text="!x"))
    await run_until(desk, metrics, "failed")
    monkeypatch.undo()

    desk.hear(a_message(text="!x"))
    await run_until(desk, metrics, "answered")

    assert chat.said == [(CHANNEL, "y")]


async def test_an_answer_that_takes_too_long_is_given_up(
    answer: AnswerCommand,
    database: Database,
    chat: ScriptedChat,
    metrics: CountingMetrics,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def never(*_arguments: object) -> SendOutcome:
        await asyncio.Event().wait()
        raise AssertionError

    await stored(database, "!x", "y")
    desk = CommandDesk(answer, metrics)
    monkeypatch.setattr(chat, "send", never)
    monkeypatch.setattr("twitchbot.usecases.commands.command_desk.HANDLING_TIMEOUT_S", 0.05)

    desk.hear(a_message(text="!x"))

    await run_until(desk, metrics, "timed out")
