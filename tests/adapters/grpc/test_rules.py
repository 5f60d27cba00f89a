"""What fields may hold, and how it is normalised."""

from __future__ import annotations

import pytest

from twitchbot.adapters.grpc.field_rules import (
    channel,
    chat_text,
    command_name,
    entity_id,
    login,
    twitch_id,
    url,
)
from twitchbot.adapters.grpc.rules import BrokenRuleError, Rule, Text
from twitchbot.adapters.grpc.validation import check_for
from twitchbot.api.message_service_pb2 import ListMessagesRequest
from twitchbot.api.stream_service_pb2 import UpdateStreamRequest
from twitchbot.domain.errors import InvalidInputError, SlashCommandError

FREE = Text(max_characters=10)
REQUIRED = Text(max_characters=10, required=True)
UUID = "0198f3a2-5b1c-7d3e-8f40-1a2b3c4d5e6f"


def complaint(rule: Rule, value: str) -> str:
    with pytest.raises(BrokenRuleError) as caught:
        rule(value)
    return caught.value.description


@pytest.mark.parametrize(
    ("rule", "given", "kept"),
    [
        (FREE, "", ""),
        (FREE, "\ufeffhello", "hello"),
        (FREE, "\ufeff", ""),
        (FREE, " kept ", " kept "),
        (FREE, "\uffff", "\uffff"),
        (FREE, "a\u202eb", "a\u202eb"),
        (FREE, "\U0001f44d" * 10, "\U0001f44d" * 10),
        (entity_id, UUID.upper(), UUID),
        (twitch_id, "9223372036854775807", "9223372036854775807"),
        (login, "RONNI_1", "ronni_1"),
        (channel, "#Forsen", "forsen"),
        (command_name, "!Discord", "!Discord"),
        (command_name, "discord", "discord"),
        (command_name, "!cafe\u0301", "!caf\u00e9"),
        (command_name, "!" + "x" * 31, "!" + "x" * 31),
        (chat_text, "/me waves", "/me waves"),
        (chat_text, "!ping", "!ping"),
        (chat_text, "\U0001f44d" * 500, "\U0001f44d" * 500),
        (url, "", ""),
        (url, "https://clips.twitch.tv/x?y=1#z", "https://clips.twitch.tv/x?y=1#z"),
        (url, "HTTP://EXAMPLE.org", "HTTP://EXAMPLE.org"),
    ],
)
def test_a_value_that_is_fine_is_kept_in_its_normal_form(rule: Rule, given: str, kept: str) -> None:
    assert rule(given) == kept


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        (REQUIRED, "", "must not be empty"),
        (REQUIRED, " \u3000", "must not be empty"),
        (REQUIRED, "\u200b\u034f\U000e0000\u2800", "must not be empty"),
        (FREE, "  ", "must not be blank"),
        (FREE, "x" * 11, "must have at most 10 characters"),
        (FREE, "a\u2028b", "must be one line without control characters"),
        (FREE, "a\x85b", "must be one line without control characters"),
        (FREE, "\x1b[31m", "must be one line without control characters"),
        (entity_id, "", "must not be empty"),
        (entity_id, f"{{{UUID}}}", "must be a UUID"),
        (entity_id, UUID.replace("-", ""), "must be a UUID"),
        (entity_id, UUID[:-1] + "\u0661", "must be a UUID"),
        (twitch_id, "9223372036854775808", "must be a Twitch id: a positive whole number"),
        (twitch_id, "\u0661\u0662", "must be a Twitch id: a positive whole number"),
        (twitch_id, "12\n", "must be a Twitch id: a positive whole number"),
        (login, "\u0130stanbul", "must be a Twitch login: 1 to 25 letters, digits and underscores"),
        (login, "#ronni", "must be a Twitch login: 1 to 25 letters, digits and underscores"),
        (channel, "##x", "must be a Twitch login: 1 to 25 letters, digits and underscores"),
        (channel, "0", "must be a Twitch login: 1 to 25 letters, digits and underscores"),
        (command_name, "!", "must not be empty"),
        (command_name, "!!x", "must be one word with at most one leading '!'"),
        (command_name, "\uff01cmd", "must be one word with at most one leading '!'"),
        (command_name, "!a\u00a0b", "must be one word with at most one leading '!'"),
        (command_name, "x" * 33, "must have at most 32 characters"),
        (chat_text, "/me  ", "must not be empty"),
        (chat_text, "x" * 501, "must have at most 500 characters"),
        (url, "javascript:alert(1)", "must be an http or https address"),
        (url, "https://", "must be an http or https address"),
        (url, "https://a b", "must be an http or https address"),
    ],
)
def test_a_value_that_breaks_a_rule_is_told_which(rule: Rule, value: str, said: str) -> None:
    assert complaint(rule, value) == said


@pytest.mark.parametrize("text", ["/ban x", ".timeout x", " /ban x", "\u200b/ban", "/me", "/ME x"])
def test_what_twitch_reads_as_a_command_is_refused_by_name(text: str) -> None:
    with pytest.raises(BrokenRuleError) as caught:
        chat_text(text)

    assert caught.value.kind is SlashCommandError


def test_all_mistakes_of_a_request_are_found_at_once() -> None:
    request = ListMessagesRequest(stream_id="x", user_id="-1", limit=-1, channel="a b")

    violations = check_for(ListMessagesRequest)(request)

    assert {error.field for error in violations} == {"stream_id", "user_id", "limit", "channel"}


def test_a_request_is_normalised_in_place() -> None:
    request = ListMessagesRequest(stream_id=UUID.upper(), channel="#CHAN")

    assert check_for(ListMessagesRequest)(request) == []
    assert (request.stream_id, request.channel) == (UUID, "chan")


def test_an_optional_field_that_is_absent_is_left_absent() -> None:
    request = UpdateStreamRequest(id=UUID)

    assert check_for(UpdateStreamRequest)(request) == []
    assert not request.HasField("title")


@pytest.mark.parametrize(
    ("begin", "end", "fits"),
    [((5, 1), (5, 0), False), ((5, 0), (5, 0), True), ((4, 9), (5, 0), True)],
)
def test_a_range_must_not_end_before_it_begins(
    begin: tuple[int, int], end: tuple[int, int], fits: bool
) -> None:
    request = ListMessagesRequest(
        sent_from={"seconds": begin[0], "nanos": begin[1]},
        sent_to={"seconds": end[0], "nanos": end[1]},
    )

    violations = check_for(ListMessagesRequest)(request)

    assert [(error.field, type(error)) for error in violations] == (
        [] if fits else [("sent_from", InvalidInputError)]
    )
