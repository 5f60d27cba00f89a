"""Group H: names of commands, and responses that look like templates."""

from __future__ import annotations

import pytest

from tests.adapters.grpc.bad_inputs.cases import (
    ALREADY_EXISTS,
    NOT_FOUND,
    BadInput,
    assert_refused,
    assert_shows_nothing_inside,
    each,
)
from tests.support.grpc_calls import Caller
from twitchbot.api.command_service_pb2 import (
    CreateCommandRequest,
    ExecuteCommandRequest,
    GetCommandByNameRequest,
    UpdateCommandRequest,
)

CREATE = "CommandService/CreateCommand"
EXECUTE = "CommandService/ExecuteCommand"


def named(number: str, name: str) -> BadInput:
    return BadInput(number, CREATE, CreateCommandRequest(name=name, response="x"), "name")


@each(
    named("176 empty", ""),
    named("176 only !", "!"),
    named("176 33 characters", "!" + "x" * 32),
    named("176 space", "!a b"),
    named("176 no-break space", "!a\u00a0b"),
    named("176 second !", "!a!b"),
    named("176 !!", "!!a"),
    BadInput("176 no response", CREATE, CreateCommandRequest(name="!x"), "response"),
    BadInput(
        "176 nothing to see in the response",
        CREATE,
        CreateCommandRequest(name="!x", response="\u200b \u2060"),
        "response",
    ),
    BadInput(
        "176 nothing to see in an updated response",
        "CommandService/UpdateCommand",
        UpdateCommandRequest(id="0198f3a2-5b1c-7d3e-8f40-1a2b3c4d5e6f", response="\u200b"),
        "response",
    ),
    BadInput(
        "176 emptied by an update",
        "CommandService/UpdateCommand",
        UpdateCommandRequest(id="0198f3a2-5b1c-7d3e-8f40-1a2b3c4d5e6f", name=""),
        "name",
    ),
    BadInput("176 nobody uses it", EXECUTE, ExecuteCommandRequest(command_name="!x"), "user_id"),
)
async def test_it_is_refused(call: Caller, bad: BadInput) -> None:
    await assert_refused(call, bad)


@pytest.mark.parametrize("name", ["!PING", "ping", "Ping"])
async def test_176_the_same_name_in_another_case_exists(call: Caller, name: str) -> None:
    await call(CREATE, CreateCommandRequest(name="!ping", response="x"))

    refused = await call.refused(CREATE, CreateCommandRequest(name=name, response="x"))

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (ALREADY_EXISTS, "COMMAND_ALREADY_EXISTS")


@pytest.mark.parametrize(
    "response",
    [
        pytest.param("{user.__class__.__mro__}", id="178 attribute"),
        pytest.param("%(x)s", id="180 percent"),
        pytest.param("${7*7}", id="180 dollar"),
        pytest.param("{{7*7}}", id="180 braces"),
    ],
)
async def test_a_template_of_another_language_is_plain_text(call: Caller, response: str) -> None:
    await call(CREATE, CreateCommandRequest(name="!x", response=response, is_active=True))

    used = await call(EXECUTE, ExecuteCommandRequest(command_name="!x", user_id="1"))

    assert (used.success, used.response) == (True, response)


async def test_an_unknown_command_is_an_answer_when_used_and_not_found_when_read(
    call: Caller,
) -> None:
    used = await call(EXECUTE, ExecuteCommandRequest(command_name="!nope", user_id="1"))
    refused = await call.refused(
        "CommandService/GetCommandByName", GetCommandByNameRequest(name="!nope")
    )

    assert (used.success, used.error) == (False, "command not found")
    assert (refused.code, refused.reason) == (NOT_FOUND, "COMMAND_NOT_FOUND")
