from __future__ import annotations

import asyncio

import pytest

from twitchbot.adapters.twitch.chat.limits import AccountLimits, LimitSettings
from twitchbot.adapters.twitch.chat.outbox import NO_CONFIRMATION, Outbox
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.errors import LimitReachedError
from twitchbot.usecases.ports.chat_source import SendOutcome

SETTINGS = ChatSettings(send_timeout_s=0.02)


def an_outbox(settings: ChatSettings = SETTINGS) -> Outbox:
    return Outbox(settings, AccountLimits(settings.limits).sends)


async def sent(outbox: Outbox, text: str) -> SendOutcome:
    return await outbox.send("chan", text, 5, privileged=True, write=lambda: None)


async def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_message() -> None:
    outbox = an_outbox()

    assert (await sent(outbox, "unanswered")).code == NO_CONFIRMATION
    following = asyncio.create_task(sent(outbox, "answered"))
    await asyncio.sleep(0)

    assert outbox.delivered("chan") == "answered"
    assert (await following).delivered


async def test_an_answer_without_a_question_belongs_to_nobody() -> None:
    outbox = an_outbox()

    assert outbox.delivered("chan") is None
    assert outbox.refused("chan", "msg_banned", "banned") is False


async def test_channels_are_answered_apart() -> None:
    outbox = an_outbox()
    sending = asyncio.create_task(sent(outbox, "hello"))
    await asyncio.sleep(0)

    assert outbox.delivered("other") is None
    assert outbox.refused("chan", "msg_rejected", "held") is True
    assert await sending == SendOutcome(delivered=False, code="msg_rejected", detail="held")


async def test_what_became_of_a_message_is_told_before_the_patience_ends() -> None:
    outbox = an_outbox(ChatSettings(send_timeout_s=60))

    async with asyncio.timeout(5):
        outcome = await outbox.send("chan", "hello", 0.6, privileged=True, write=lambda: None)

    assert outcome.code == NO_CONFIRMATION
    assert outbox.delivered("chan") == "hello"


async def test_a_message_is_not_written_when_its_turn_leaves_no_time_for_the_answer() -> None:
    limits = LimitSettings(messages=1, message_window_s=1.2, message_interval_s=0)
    outbox = an_outbox(ChatSettings(send_timeout_s=1.0, limits=limits))
    written: list[str] = []

    async def send(text: str, patience_s: float) -> SendOutcome:
        sending = outbox.send(
            "chan", text, patience_s, privileged=False, write=lambda: written.append(text)
        )
        return await sending

    first = asyncio.create_task(send("first", 5))
    await asyncio.sleep(0)
    with pytest.raises(LimitReachedError) as refused:
        await send("too late", 2.0)
    outbox.delivered("chan")

    assert (await first).delivered
    assert written == ["first"]
    assert 1.0 < refused.value.retry_after_s <= 1.2


@pytest.mark.parametrize("patience_s", [-1.0, 0.0, 0.1])
async def test_a_message_is_not_written_when_there_is_no_time_for_any_answer(
    patience_s: float,
) -> None:
    outbox = an_outbox(ChatSettings())
    written: list[str] = []

    with pytest.raises(TimeoutError):
        await outbox.send(
            "chan", "hello", patience_s, privileged=True, write=lambda: written.append("hello")
        )

    assert written == []
