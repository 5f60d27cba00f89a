"""The methods of the bot and of its accounts, once as they are meant, and the refusals of chat."""

from __future__ import annotations

import grpc

from tests.adapters.grpc.conftest import Serve
from tests.support.application import an_application
from tests.support.builders import (
    CHANNEL,
    CHANNEL_ID,
    USER_ID,
    an_account,
)
from tests.support.grpc_calls import Caller
from tests.support.scripted_chat import ScriptedChat
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.api import bot_service_pb2 as bot
from twitchbot.api.account_service_pb2 import RemoveAccountRequest
from twitchbot.domain.channel import ChannelProblem
from twitchbot.usecases.ports.chat_source import SendOutcome


async def test_the_bot_joins_speaks_and_leaves(call: Caller, chat: ScriptedChat) -> None:
    chat.room_ids[CHANNEL] = CHANNEL_ID

    joined = await call("BotService/JoinChannel", bot.JoinChannelRequest(channel=f"#{CHANNEL}"))
    assert joined == bot.JoinChannelResponse(
        success=True, message=f"joined {CHANNEL}", channel=CHANNEL
    )
    listed = await call("BotService/ListChannels")
    assert (list(listed.channels), listed.primary_channel) == ([CHANNEL], CHANNEL)
    assert [(one.channel, one.state) for one in listed.statuses] == [
        (CHANNEL, bot.CHANNEL_STATE_JOINED)
    ]
    status = await call("BotService/GetBotStatus")
    assert (status.connected, status.bot_username) == (True, "mybot")
    assert (status.channels_joined, list(status.active_channels)) == (1, [CHANNEL])

    sent = await call("BotService/SendMessage", bot.SendMessageRequest(message="/me waves"))
    assert sent == bot.SendMessageResponse(success=True)
    assert chat.said == [(CHANNEL, "/me waves")]

    left = await call("BotService/LeaveChannel", bot.LeaveChannelRequest(channel=CHANNEL))
    again = await call("BotService/LeaveChannel", bot.LeaveChannelRequest(channel=CHANNEL))
    assert (left.success, left.message) == (True, f"left {CHANNEL}")
    assert (again.success, again.message) == (False, f"the bot was not in {CHANNEL}")


async def test_what_twitch_refuses_is_an_answer(call: Caller, chat: ScriptedChat) -> None:
    chat.refusals["closed"] = ChannelProblem.SUSPENDED
    await call("BotService/JoinChannel", bot.JoinChannelRequest(channel=CHANNEL))
    chat.drop = SendOutcome(delivered=False, code="msg_duplicate", detail="identical")

    joined = await call("BotService/JoinChannel", bot.JoinChannelRequest(channel="closed"))
    sent = await call("BotService/SendMessage", bot.SendMessageRequest(message="hi"))

    assert (joined.success, joined.reason) == (False, bot.CHANNEL_PROBLEM_SUSPENDED)
    assert joined.message == "the channel is suspended or closed"
    assert (sent.success, sent.error, sent.reason) == (False, "identical", "msg_duplicate")


async def test_without_a_bot_its_methods_say_what_to_set(
    serve: Serve, sqlite_database: SqlDatabase
) -> None:
    served = await serve(an_application(sqlite_database))
    requests = {
        "JoinChannel": bot.JoinChannelRequest(channel=CHANNEL),
        "LeaveChannel": bot.LeaveChannelRequest(channel=CHANNEL),
        "ListChannels": bot.ListChannelsRequest(),
        "GetBotStatus": bot.GetBotStatusRequest(),
        "SendMessage": bot.SendMessageRequest(message="hi"),
    }

    for method, request in requests.items():
        refused = await served.call.refused(f"BotService/{method}", request)
        assert refused.code is grpc.StatusCode.FAILED_PRECONDITION
        assert refused.reason == "BOT_DISABLED"
        assert "TWITCH_CHANNEL" in refused.text


async def test_an_account_is_listed_without_its_tokens_and_removed(
    call: Caller, sqlite_database: SqlDatabase
) -> None:
    async with sqlite_database.write() as uow:
        await uow.accounts.save(an_account())

    listed = await call("AccountService/ListAccounts")
    assert [(one.user_id, list(one.scopes)) for one in listed.accounts] == [
        (USER_ID, ["chat:edit", "chat:read"])
    ]
    assert b"-token" not in listed.SerializeToString()

    await call("AccountService/RemoveAccount", RemoveAccountRequest(user_id=USER_ID))
    refused = await call.refused(
        "AccountService/RemoveAccount", RemoveAccountRequest(user_id=USER_ID)
    )
    assert refused.reason == "ACCOUNT_NOT_FOUND"
