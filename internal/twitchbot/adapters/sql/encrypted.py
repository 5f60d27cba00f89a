"""Tokens at rest: sealed together with the account they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import orjson


class Sealer(Protocol):
    """Encrypts bytes so that only we can read them; `open` raises ValueError when it cannot."""

    def seal(self, data: bytes) -> bytes:
        """Return the data encrypted."""
        ...

    def open(self, sealed: bytes) -> bytes:
        """Return the data that was sealed, or raise ValueError."""
        ...


@dataclass(slots=True, frozen=True)
class Tokens:
    """What is sealed of an account."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


def seal_tokens(sealer: Sealer, user_id: str, tokens: Tokens) -> bytes:
    """Seal tokens with their owner, so that they are worth nothing in another's row."""
    return sealer.seal(orjson.dumps([user_id, tokens.access, tokens.refresh]))


def open_tokens(sealer: Sealer, user_id: str, sealed: bytes) -> Tokens:
    """Return the tokens of an account.

    Raises:
        ValueError: they were sealed with a key that is gone, or for another account.
    """
    owner, access, refresh = orjson.loads(sealer.open(sealed))
    if owner != user_id:
        raise ValueError("the tokens belong to another account")
    return Tokens(access, refresh)
