"""Pages of long lists: limits, and signed tokens that continue a list where a page ended.

A token is only good for the method and the filter it was made for and for 24 hours.
It holds nothing secret; the signature keeps callers from making up places in a list.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from google.protobuf.message import Message

from twitchbot.api.channel_viewer_service_pb2 import ListChannelViewersRequest
from twitchbot.api.clip_service_pb2 import ListClipsRequest
from twitchbot.api.command_service_pb2 import ListCommandsRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest, SearchMessagesRequest
from twitchbot.api.stream_service_pb2 import ListStreamsRequest
from twitchbot.api.viewer_service_pb2 import ListViewersRequest
from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.page import DEFAULT_LIMIT, MAX_LIMIT, Cursor, Page, PageRequest
from twitchbot.usecases.ports.clock import Clock

MAX_TOKEN_CHARACTERS = 1024
MAX_TOKEN_AGE_S = 24 * 3600

# Clients refuse an answer above 4 MiB unless told otherwise. Rows stay below 16 KiB (the tags of
# a chat line alone can have 8), so that a page of 200 always fits and is not measured.
MAX_ANSWER_BYTES = 3_500_000
SAFE_ROWS = 200

_VERSION = b"\x01"
_TIME_BYTES = 5
_HEAD_BYTES = 1 + _TIME_BYTES
_MAC_BYTES = 32
_PLACE_FIELDS = ("limit", "offset", "page_token")

T = TypeVar("T")
Answer = TypeVar("Answer", bound=Message)


ListRequest: TypeAlias = (
    ListStreamsRequest
    | ListMessagesRequest
    | SearchMessagesRequest
    | ListViewersRequest
    | ListClipsRequest
    | ListCommandsRequest
    | ListChannelViewersRequest
)


@dataclass(slots=True, frozen=True)
class PageTokens:
    """Makes and reads page tokens, signed with a key that all instances share."""

    key: bytes
    clock: Clock

    def make(self, scope: bytes, place: Cursor) -> str:
        """Return the token for a place in the list that `scope` names."""
        issued_s = int(self.clock.now().timestamp())
        head = _VERSION + issued_s.to_bytes(_TIME_BYTES)
        body = head + json.dumps(place, ensure_ascii=False, separators=(",", ":")).encode()
        return _encode(self._sign(scope, body) + body)

    def read(self, scope: bytes, token: str) -> Cursor:
        """Return the place that a token names.

        Raises:
            InvalidInputError: it is no token of ours, belongs to another list, or is too old.
        """
        signed = _decode(token)
        mac, body = signed[:_MAC_BYTES], signed[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._sign(scope, body)):
            raise InvalidInputError("page_token", "does not belong to this list")
        age_s = self.clock.now().timestamp() - int.from_bytes(body[1:_HEAD_BYTES])
        if body[:1] != _VERSION or age_s > MAX_TOKEN_AGE_S:
            raise InvalidInputError("page_token", "has expired; start again from the first page")
        return tuple(json.loads(body[_HEAD_BYTES:]))

    def _sign(self, scope: bytes, body: bytes) -> bytes:
        return hmac.digest(self.key, scope + body, hashlib.sha256)


@dataclass(slots=True, frozen=True)
class Paging:
    """Turns the paging fields of list requests into pages and back."""

    tokens: PageTokens

    async def answer(
        self,
        request: ListRequest,
        fetch: Callable[[PageRequest], Awaitable[Page[T]]],
        encode: Callable[[Page[T], str], Answer],
        default_limit: int = DEFAULT_LIMIT,
    ) -> Answer:
        """Fetch the page that a request asks for and encode it together with its next token.

        The page gets shorter than asked when its rows would not fit into one answer.
        """
        scope = _scope(request)
        wanted = self._wanted(request, scope, default_limit)
        while True:
            page = await fetch(wanted)
            token = "" if page.next is None else self.tokens.make(scope, page.next)
            answer = encode(page, token)
            if wanted.limit <= SAFE_ROWS or answer.ByteSize() <= MAX_ANSWER_BYTES:
                return answer
            wanted = replace(wanted, limit=wanted.limit // 2)

    def _wanted(self, request: ListRequest, scope: bytes, default_limit: int) -> PageRequest:
        limit = min(request.limit or default_limit, MAX_LIMIT)
        if request.page_token:
            return PageRequest(limit=limit, after=self.tokens.read(scope, request.page_token))
        return PageRequest(limit=limit, offset=request.offset)


def _scope(request: Message) -> bytes:
    """Return what names a list: its kind and its filter, whatever piece is wanted of it."""
    chosen = type(request)()
    chosen.CopyFrom(request)
    chosen.DiscardUnknownFields()
    for field in _PLACE_FIELDS:
        chosen.ClearField(field)
    kind = request.DESCRIPTOR.full_name.encode()
    return hashlib.sha256(kind + b"\0" + chosen.SerializeToString(deterministic=True)).digest()


def _encode(signed: bytes) -> str:
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()


def _decode(token: str) -> bytes:
    try:
        signed = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        signed = b""
    # Base64 has several spellings of the same bytes; only ours counts.
    if len(signed) <= _MAC_BYTES + _HEAD_BYTES or _encode(signed) != token:
        raise InvalidInputError("page_token", "is no page token")
    return signed
