"""Group D, as far as the text decides: what may not be said in chat."""

from __future__ import annotations

import pytest

from tests.adapters.grpc.bad_inputs.cases import BadInput, assert_refused, each
from tests.support.builders import CHANNEL
from tests.support.grpc_calls import Caller
from tests.support.scripted_chat import ScriptedChat
from twitchbot.api.bot_service_pb2 import SendMessageRequest


def said(number: str, text: str, reason: str = "INVALID_ARGUMENT") -> BadInput:
    request = SendMessageRequest(channel=CHANNEL, message=text)
    return BadInput(number, "BotService/SendMessage", request, "message", reason)


@each(
    said("69 second line", "hi\r\nPRIVMSG #other :x"),
    said("70 QUIT", "hi\nQUIT"),
    said("71 CR", "hi\rx"),
    said("72 NUL", "\0"),
    said("73 501 characters", "x" * 501),
    said("74 empty", ""),
    said("75 slash", "/ban x", "SLASH_COMMAND"),
    said("75 dot", ".timeout x", "SLASH_COMMAND"),
    said("76 slash after a space", " /ban x", "SLASH_COMMAND"),
    said("76 slash after a zero width space", "\u200b/ban x", "SLASH_COMMAND"),
    said("78 CTCP", "\x01ACTION x\x01"),
    BadInput(
        "80 reply to what is no message",
        "BotService/SendMessage",
        SendMessageRequest(channel=CHANNEL, message="hi", reply_to_message_id="a;b c"),
        "reply_to_message_id",
    ),
)
async def test_it_is_refused_and_not_sent(call: Caller, chat: ScriptedChat, bad: BadInput) -> None:
    chat.kept.append(CHANNEL)

    await assert_refused(call, bad)

    assert chat.said == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/me waves", id="77 action"),
        pytest.param("!cmd", id="79 command of ours"),
        pytest.param("\U0001f44d" * 500, id="91 500 emoji"),
    ],
)
async def test_it_is_sent(call: Caller, chat: ScriptedChat, text: str) -> None:
    chat.kept.append(CHANNEL)

    sent = await call(
        "BotService/SendMessage", SendMessageRequest(channel=f"#{CHANNEL}", message=text)
    )

    assert sent.success
    assert chat.said == [(CHANNEL, text)]
