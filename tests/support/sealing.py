"""A sealer for tests that are not about encryption."""

from __future__ import annotations

from twitchbot.adapters.sql.encrypted import Sealer

_MARK = b"sealed:"


class PlainSealer(Sealer):
    """Reverses the bytes, so that what is stored is at least not what was given."""

    def __init__(self, key: bytes = b"") -> None:
        self._mark = _MARK + key

    def seal(self, data: bytes) -> bytes:
        return self._mark + data[::-1]

    def open(self, sealed: bytes) -> bytes:
        if not sealed.startswith(self._mark):
            raise ValueError("sealed with another key")
        return sealed.removeprefix(self._mark)[::-1]
