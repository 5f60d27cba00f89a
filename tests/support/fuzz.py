"""Requests that nobody would write, made from the descriptors of the methods.

Most are a valid request with one field spoilt, because random bytes alone never get past the first
check; some are spoilt as bytes, and some were never a message at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st

from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

CHAT_ONLY = str(CHAT_ONLY_STREAM_ID)

# What passes in a field of this name; other texts pass as ordinary words.
VALID: Mapping[str, Sequence[object]] = {
    "id": (CHAT_ONLY, "0198f3a2-5b1c-7d3e-8f40-1a2b3c4d5e6f"),
    "stream_id": ("", CHAT_ONLY),
    "channel": ("forsen", "#Forsen"),
    "twitch_id": ("1337", "42"),
    "user_id": ("1337", "42"),
    "creator_id": ("", "1337"),
    "game_id": ("", "509658"),
    "username": ("ronni", "Ronni"),
    "name": ("!discord", "discord"),
    "command_name": ("!discord",),
    "twitch_clip_id": ("AwkwardSalamander-1",),
    "login_id": ("a-login",),
    "reply_to_message_id": ("", "b34ccfc7-4977-403a-8a94-33c6bac34fb8"),
    "order_by": ("",),
    "page_token": ("",),
    "url": ("", "https://clips.example/1"),
    "embed_url": ("",),
    "thumbnail_url": ("",),
    "scopes": ("chat:read",),
    "limit": (0, 1, 1000),
    "offset": (0, 1),
    "cooldown_seconds": (0, 30),
}
WORDS = ("hello", "hello world", "日本語", "\U0001f44d")
NASTY = (
    "", " ", "\0", "\r\nQUIT", "\x1b[2J", "\u2028", "\u202e", "\ufeff", "\uffff", "\u200b",
    "' OR 1=1 --", "{0}", "%s", "../../etc/passwd", "/ban x", "!", "\uff01x", "-1", "0", "1e5",
    "9" * 30, "\u0661", '"', "(" * 200, "a*", "-a", "x" * 501, "x" * 5000, "e" + "\u0301" * 400,
)  # fmt: skip
EDGES = (0, 1, -1, 2**31 - 1, -(2**31), 1001)
LONG_EDGES = (0, -1, 2**62, -(2**62), 253_402_300_799, 253_402_300_800, -62_135_596_801)


def bodies(request: Descriptor) -> st.SearchStrategy[bytes]:
    """Make bytes to send to a method that takes this request."""
    written = st.one_of(valid(request), spoilt(request)).map(
        lambda message: message.SerializeToString()
    )
    return st.one_of(written, written, written.flatmap(mangled), st.binary(max_size=64))


def valid(request: Descriptor) -> st.SearchStrategy[Message]:
    """Make requests whose fields all pass by themselves."""
    build = GetMessageClass(request)
    required = {field.name: good(field) for field in request.fields if not field.has_presence}
    optional = {field.name: good(field) for field in request.fields if field.has_presence}
    return st.fixed_dictionaries(required, optional=optional).map(lambda chosen: build(**chosen))


def spoilt(request: Descriptor) -> st.SearchStrategy[Message]:
    """Make requests with one field that may be anything its type allows."""
    if not request.fields:
        return valid(request)
    build = GetMessageClass(request)

    def spoil(field: FieldDescriptor) -> st.SearchStrategy[Message]:
        others = {one.name: good(one) for one in request.fields if one.name != field.name}
        return st.fixed_dictionaries({**others, field.name: any_value(field)}).map(
            lambda chosen: build(**chosen)
        )

    return st.sampled_from(list(request.fields)).flatmap(spoil)


def good(field: FieldDescriptor) -> st.SearchStrategy[object]:
    """Make a value that passes."""
    if field.message_type is not None:
        return inner(field.message_type, seconds=st.integers(0, 2**32), nanos=st.just(0))
    value: st.SearchStrategy[object]
    if field.type == FieldDescriptor.TYPE_BOOL:
        value = st.booleans()
    elif field.type == FieldDescriptor.TYPE_STRING:
        value = st.sampled_from(VALID.get(field.name, WORDS))
    else:
        value = st.sampled_from(VALID.get(field.name, (0, 7)))
    return st.lists(value, max_size=3) if field.is_repeated else value


def any_value(field: FieldDescriptor) -> st.SearchStrategy[object]:
    """Make a value that the wire can carry in this field, and little more."""
    if field.message_type is not None:
        edges = st.sampled_from(LONG_EDGES) | st.integers(-(2**63), 2**63 - 1)
        return inner(field.message_type, seconds=edges, nanos=numbers())
    value: st.SearchStrategy[object]
    if field.type == FieldDescriptor.TYPE_BOOL:
        value = st.booleans()
    elif field.type == FieldDescriptor.TYPE_STRING:
        value = st.text(max_size=40) | st.sampled_from(NASTY)
    else:
        value = numbers()
    return st.lists(value, max_size=120) if field.is_repeated else value


def numbers() -> st.SearchStrategy[int]:
    """Make numbers of 32 bits, the edges more often."""
    return st.sampled_from(EDGES) | st.integers(-(2**31), 2**31 - 1)


def inner(message: Descriptor, **numeric: st.SearchStrategy[int]) -> st.SearchStrategy[object]:
    """Make a message inside a request: a time, or a handful of switches."""
    parts = {field.name: numeric.get(field.name, st.booleans()) for field in message.fields}
    build = GetMessageClass(message)
    return st.fixed_dictionaries(parts).map(lambda chosen: build(**chosen))


def mangled(body: bytes) -> st.SearchStrategy[bytes]:
    """Cut a message off, change a byte, or hang something onto it."""
    at = st.integers(0, max(len(body) - 1, 0))
    cut = at.map(lambda end: body[:end])
    changed = st.tuples(at, st.binary(min_size=1, max_size=2)).map(
        lambda change: body[: change[0]] + change[1] + body[change[0] + 1 :]
    )
    return cut | changed | st.binary(max_size=16).map(lambda more: body + more)
