"""What happens around a call: its deadline, its id, its line in the log, and its bugs."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, cast

import grpc
import pytest
import structlog
from structlog.testing import capture_logs

from tests.adapters.grpc.conftest import Serve
from tests.support.call_metrics import CountingCallMetrics
from tests.support.grpc_calls import Caller
from tests.support.standing_calls import ACTIVE, ACTIVE_PATH, Door, with_active
from tests.support.waiting import eventually
from twitchbot.api.bot_service_pb2 import JoinChannelRequest, SendMessageRequest
from twitchbot.api.stream_service_pb2 import CreateStreamRequest, ListStreamsRequest
from twitchbot.usecases.application import Application
from twitchbot.usecases.ports.chat_source import JoinOutcome, SendOutcome

OWN_ID = re.compile(r"[0-9a-f]{16}")


async def test_a_deadline_of_the_caller_cancels_the_work(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))

    refused = await served.call.refused(ACTIVE, timeout_s=0.5)

    assert refused.code is grpc.StatusCode.DEADLINE_EXCEEDED
    await eventually(lambda: door.cancelled == 1)
    await eventually(lambda: metrics.codes() == [(ACTIVE_PATH, "DEADLINE_EXCEEDED")])


async def test_a_caller_who_goes_away_cancels_the_work(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    door = Door(application)
    served = await serve(with_active(application, door))
    under_way = served.call.start(ACTIVE)
    await eventually(lambda: door.inside == 1)

    under_way.cancel()

    await eventually(lambda: door.cancelled == 1)
    await eventually(lambda: metrics.codes() == [(ACTIVE_PATH, "CANCELLED")])


async def test_without_a_deadline_of_the_caller_ours_holds(
    serve: Serve, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twitchbot.adapters.grpc.interceptor.UNARY_DEADLINE_S", 0.05)
    door = Door(application)
    served = await serve(with_active(application, door))

    refused = await served.call.refused(ACTIVE, timeout_s=None)

    assert refused.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert refused.reason == "DEADLINE_EXCEEDED"
    assert door.cancelled == 1


class Joining:
    """A join that notes how long it was given."""

    def __init__(self, application: Application) -> None:
        bot = dataclasses.replace(application.bot, join=cast("Any", self._join))
        self.application = dataclasses.replace(application, bot=bot)
        self.patience: list[float] = []

    async def _join(self, _channel: str, patience_s: float) -> JoinOutcome:
        self.patience.append(patience_s)
        return JoinOutcome(joined=True)


async def test_a_handler_knows_how_long_it_may_wait(serve: Serve, application: Application) -> None:
    joining = Joining(application)
    served = await serve(joining.application)

    for timeout_s in (None, 5.0):
        request = JoinChannelRequest(channel="x")
        await served.call("BotService/JoinChannel", request, timeout_s=timeout_s)

    ours, callers = joining.patience
    assert ours == pytest.approx(29.75)
    assert 4 < callers < 5


async def test_a_message_has_longer_than_other_calls_when_its_caller_sets_no_deadline(
    serve: Serve, application: Application
) -> None:
    patience: list[float] = []

    async def send(_channel: str, _text: str, patience_s: float, _reply_to: str) -> SendOutcome:
        patience.append(patience_s)
        return SendOutcome(delivered=True)

    bot = dataclasses.replace(application.bot, send=cast("Any", send))
    served = await serve(dataclasses.replace(application, bot=bot))

    for timeout_s in (None, 60.0):
        request = SendMessageRequest(channel="x", message="hello")
        await served.call("BotService/SendMessage", request, timeout_s=timeout_s)

    ours, callers = patience
    assert ours == pytest.approx(19.75)
    assert 55 < callers < 60


async def test_what_could_not_be_answered_in_time_is_not_begun(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    joining = Joining(application)
    served = await serve(joining.application)

    refused = await served.call.refused(
        "BotService/JoinChannel", JoinChannelRequest(channel="x"), timeout_s=0.09
    )

    assert refused.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert joining.patience == []
    assert metrics.bugs == 0


async def test_a_bug_is_told_by_reference_only_and_logged_in_full(
    serve: Serve, application: Application, metrics: CountingCallMetrics
) -> None:
    async def broken(_channel: str) -> object:
        raise ValueError("SELECT secret FROM accounts")

    metrics.expected_bugs = 1
    served = await serve(with_active(application, broken))

    with capture_logs() as logs:
        refused = await served.call.refused(ACTIVE, metadata=[("x-request-id", "ref-7")])

    assert (refused.code, refused.text) == (grpc.StatusCode.INTERNAL, "internal error, ref ref-7")
    assert (refused.reason, refused.domain) == ("INTERNAL", "twitchbot")
    (told,) = [line for line in logs if line["log_level"] == "error"]
    assert told["request_id"] == "ref-7"
    assert str(told["exc_info"]) == "SELECT secret FROM accounts"


async def test_every_call_is_logged_once_and_counted(
    call: Caller, metrics: CountingCallMetrics
) -> None:
    with capture_logs() as logs:
        await call("StreamService/CreateStream", CreateStreamRequest(title="secret plans"))
        await call.refused("StreamService/ListStreams", ListStreamsRequest(limit=-1))

    assert metrics.codes() == [
        ("/twitchbot.StreamService/CreateStream", "OK"),
        ("/twitchbot.StreamService/ListStreams", "INVALID_ARGUMENT"),
    ]
    assert [(line["method"], line["code"]) for line in logs] == metrics.codes()
    # What went well is said to those only who want to hear everything.
    assert [line["log_level"] for line in logs] == ["debug", "info"]
    assert all(OWN_ID.fullmatch(line["request_id"]) and line["ms"] > 0 for line in logs)
    assert "secret plans" not in repr(logs)


async def test_a_callers_request_id_comes_back_at_once_and_in_the_end(call: Caller) -> None:
    under_way = call.start(ACTIVE, metadata=[("x-request-id", "abc-1")])
    await under_way

    assert dict(await under_way.initial_metadata() or ())["x-request-id"] == "abc-1"
    assert dict(await under_way.trailing_metadata() or ())["x-request-id"] == "abc-1"


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b"])
async def test_a_request_id_of_bad_form_is_replaced(call: Caller, sent: str) -> None:
    under_way = call.start(ACTIVE, metadata=[("x-request-id", sent)])
    await under_way

    returned = dict(await under_way.initial_metadata() or ())["x-request-id"]
    assert isinstance(returned, str)
    assert OWN_ID.fullmatch(returned)


async def test_without_a_request_id_the_call_gets_one_of_ours(call: Caller) -> None:
    refused = await call.refused("StreamService/GetStream")

    assert OWN_ID.fullmatch(str(refused.trailers["x-request-id"]))


async def test_an_answer_can_be_asked_for_in_gzip(call: Caller) -> None:
    answer = await call(ACTIVE, compression=grpc.Compression.Gzip)

    assert answer.stream.title == "Chat-Only Messages"


async def test_everything_that_is_logged_during_a_call_carries_its_id(
    serve: Serve, application: Application
) -> None:
    seen: list[str] = []
    answer = application.streams.get_active

    async def looking(channel: str) -> object:
        seen.append(structlog.contextvars.get_contextvars()["request_id"])
        return await answer(channel)

    served = await serve(with_active(application, looking))

    for request_id in ("first", "second"):
        await served.call(ACTIVE, metadata=[("x-request-id", request_id)])

    assert seen == ["first", "second"]
    assert "request_id" not in structlog.contextvars.get_contextvars()
