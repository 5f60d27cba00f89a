from __future__ import annotations

import asyncio

from twitchbot.adapters.twitch.chat.limits import AccountLimits
from twitchbot.adapters.twitch.chat.outbox import NO_CONFIRMATION, Outbox
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.usecases.ports.chat_source import SendOutcome

SETTINGS = ChatSettings(send_timeout_s=0.02)


def an_outbox() -> Outbox:
    return Outbox(SETTINGS, AccountLimits(SETTINGS.limits).sends)


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
