"""Logs: readable by machines and people, never with a secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from twitchbot.bootstrap.logs import configure_logs, mask_secrets


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_a_line_is_json_with_event_level_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")

    structlog.get_logger("here").info("channel joined", channel="forsen")
    logging.getLogger("library").warning("from %s", "outside", extra={"detail": 1})

    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["level"], ours["channel"]) == ("channel joined", "info", "forsen")
    assert ours["timestamp"].endswith("Z")
    assert (theirs["event"], theirs["logger"], theirs["detail"]) == ("from outside", "library", 1)


def test_a_traceback_stays_inside_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")

    try:
        raise ValueError("line\nbreak \x1b[31m")
    except ValueError:
        structlog.get_logger().exception("it broke")

    (line,) = capsys.readouterr().err.splitlines()
    assert "Traceback" in json.loads(line)["exception"]


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "text")

    structlog.get_logger().info("channel joined", channel="forsen")
    structlog.get_logger().debug("not shown")

    assert "channel joined" in capsys.readouterr().err


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_token_in_a_traceback_is_masked(capsys: pytest.CaptureFixture[str], style: str) -> None:
    configure_logs("INFO", style)

    try:
        raise ValueError("PASS oauth:CANARYabcdefghij")
    except ValueError:
        structlog.get_logger().exception("it broke")

    told = capsys.readouterr().err
    assert "ValueError: PASS oauth:***" in told
    assert "CANARY" not in told


def test_libraries_that_print_what_they_send_are_kept_quiet() -> None:
    configure_logs("DEBUG", "json")

    assert not logging.getLogger("irc.client").isEnabledFor(logging.DEBUG)
    assert logging.getLogger("twitchbot").isEnabledFor(logging.DEBUG)


def test_words_about_a_secret_stay_readable() -> None:
    event = {"event": "Twitch refuses TWITCH_CLIENT_SECRET: missing client secret"}

    assert mask_secrets(None, "info", dict(event)) == event


@pytest.mark.parametrize(
    "text",
    [
        "PASS oauth:CANARYabcdefghij",
        "authorization: Bearer CANARYabcdefghij",
        '{"access_token": "CANARYabcdefghij"}',
        "refresh_token=CANARYabcdefghij&x=1",
        "client_secret=CANARYabcdefghij",
    ],
)
def test_what_looks_like_a_token_is_masked(text: str) -> None:
    assert "CANARY" not in str(mask_secrets(None, "info", {"event": text, "count": 1}))
