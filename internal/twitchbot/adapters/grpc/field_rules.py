"""The rules of fields that mean something of their own: ids, logins, names, chat, addresses."""

from __future__ import annotations

import re
import unicodedata

from google.protobuf.timestamp_pb2 import Timestamp

from twitchbot.adapters.grpc.rules import INVISIBLE, BrokenRuleError, Text
from twitchbot.domain.channel import LOGIN, normalize_channel
from twitchbot.domain.command import PREFIX
from twitchbot.domain.errors import InvalidInputError, SlashCommandError
from twitchbot.domain.search import parse_query

MAX_TWITCH_ID = 2**63 - 1
YEAR_1_S = -62_135_596_800
YEAR_9999_END_S = 253_402_300_799

CHAT_LINE = Text(max_characters=500, required=True)
_COMMAND_NAME = Text(max_characters=32, required=True)
_ADDRESS = Text(max_characters=2048)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TWITCH_ID = re.compile(r"[1-9][0-9]{0,19}")
_URL = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_SLASH_COMMAND = re.compile(rf"[{INVISIBLE}]*[/.]")
_ACTION = "/me "
# The full-width exclamation mark looks like a prefix, but is none.
_NOT_IN_A_COMMAND_NAME = re.compile(f"[!\uff01{INVISIBLE}]")

_EMPTY = "must not be empty"
_NOT_A_LOGIN = "must be a Twitch login: 1 to 25 letters, digits and underscores"


def entity_id(value: str) -> str:
    """Accept one of our ids, in any case."""
    lower = value.lower()
    if not _UUID.fullmatch(lower):
        raise BrokenRuleError("must be a UUID" if value else _EMPTY)
    return lower


def twitch_id(value: str) -> str:
    """Accept a numeric id as Twitch gives to users."""
    if not value:
        raise BrokenRuleError(_EMPTY)
    if not _TWITCH_ID.fullmatch(value) or int(value) > MAX_TWITCH_ID:
        raise BrokenRuleError("must be a Twitch id: a positive whole number")
    return value


def login(value: str) -> str:
    """Accept a Twitch login, also in upper case."""
    # str.lower() maps a few letters of other alphabets to ASCII; they are no part of a login.
    lower = value.lower() if value.isascii() else value
    if not LOGIN.fullmatch(lower):
        raise BrokenRuleError(_NOT_A_LOGIN if value else _EMPTY)
    return lower


def channel(value: str) -> str:
    """Accept the login of a channel, also in upper case and with a leading `#`."""
    if not value:
        raise BrokenRuleError(_EMPTY)
    try:
        name = normalize_channel(value)
    except ValueError:
        raise BrokenRuleError(_NOT_A_LOGIN) from None
    # To IRC, joining 0 means leaving every channel.
    if name == "0":
        raise BrokenRuleError(_NOT_A_LOGIN)
    return name


def command_name(value: str) -> str:
    """Accept a command's name with or without its `!`, and bring it into one Unicode form."""
    name = unicodedata.normalize("NFC", _COMMAND_NAME(value))
    word = name.removeprefix(PREFIX)
    if not word:
        raise BrokenRuleError(_EMPTY)
    if _NOT_IN_A_COMMAND_NAME.search(word):
        raise BrokenRuleError("must be one word with at most one leading '!'")
    return name


def chat_text(value: str) -> str:
    """Accept what may be said in chat: one line that Twitch would not take for a command."""
    text = CHAT_LINE(value)
    if text.startswith(_ACTION):
        CHAT_LINE(text.removeprefix(_ACTION))
        return text
    if _SLASH_COMMAND.match(text):
        raise BrokenRuleError(
            "must not begin with '/' or '.', which Twitch reads as a command; only '/me ' is sent",
            SlashCommandError,
        )
    return text


def search_text(value: str) -> str:
    """Accept whatever the domain can read as a query."""
    try:
        parse_query(value)
    except InvalidInputError as error:
        raise BrokenRuleError(error.description) from error
    return value


def url(value: str) -> str:
    """Accept a web address, or none."""
    text = _ADDRESS(value)
    if text and not _URL.fullmatch(text):
        raise BrokenRuleError("must be an http or https address")
    return text


def timestamp(value: Timestamp) -> Timestamp:
    """Accept a moment that protobuf allows: years 1 to 9999."""
    if not 0 <= value.nanos < 1_000_000_000:
        raise BrokenRuleError("must have between 0 and 999999999 nanoseconds")
    if not YEAR_1_S <= value.seconds <= YEAR_9999_END_S:
        raise BrokenRuleError("must lie within the years 1 to 9999")
    return value
