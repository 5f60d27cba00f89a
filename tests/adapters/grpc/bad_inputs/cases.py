"""What all numbered bad inputs have in common: how to send one, and what no answer may show."""

from __future__ import annotations

import re
from dataclasses import dataclass

import grpc
import pytest
from google.protobuf.message import Message

from tests.support.grpc_calls import Caller, Refusal

IA = grpc.StatusCode.INVALID_ARGUMENT
NOT_FOUND = grpc.StatusCode.NOT_FOUND
ALREADY_EXISTS = grpc.StatusCode.ALREADY_EXISTS
RESOURCE_EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED
UNIMPLEMENTED = grpc.StatusCode.UNIMPLEMENTED
UNAVAILABLE = grpc.StatusCode.UNAVAILABLE

# Signs of our inside: a traceback, a class, a path, a statement, a driver.
INSIDE = re.compile(
    r"Traceback|<class|0x[0-9a-f]{6}|/usr|\.py\b|SELECT|INSERT|psycopg|sqlite|sqlalchemy|"
    r"google\.protobuf|[A-Z][a-z]+Error\b",
)


@dataclass(frozen=True)
class BadInput:
    """An input by its number in the catalogue; `field` is the one that is to be named."""

    number: str
    method: str
    request: Message
    field: str
    reason: str = "INVALID_ARGUMENT"


def each(*inputs: BadInput) -> pytest.MarkDecorator:
    """Run a test for each input, under its number."""
    return pytest.mark.parametrize("bad", inputs, ids=[bad.number for bad in inputs])


async def assert_refused(call: Caller, bad: BadInput) -> None:
    """Send an input and demand INVALID_ARGUMENT that names the field, and only that."""
    refused = await call.refused(bad.method, bad.request)

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason, refused.domain) == (IA, bad.reason, "twitchbot")
    assert set(refused.violations) == {bad.field}


def assert_shows_nothing_inside(refused: Refusal) -> None:
    """Demand that a refusal tells nothing of how the service is made."""
    shown = [refused.text, *refused.violations.values(), *refused.metadata.values()]
    assert [text for text in shown if INSIDE.search(text)] == []
