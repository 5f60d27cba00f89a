"""Encryption of what must be useless without our key."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SEALING = b"twitchbot: sealing"
_PAGE_TOKENS = b"twitchbot: page tokens"


class WrongKeyError(ValueError):
    """None of our keys opens this; it was sealed with another, or damaged."""


class Sealer:
    """Seals with the newest key, opens with any of them.

    A key is any text of enough random characters. What it is used for is derived from it, so that
    no key serves two purposes.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet(
            [Fernet(urlsafe_b64encode(_derived(key, _SEALING))) for key in keys]
        )
        self._page_token_key = _derived(keys[0], _PAGE_TOKENS)

    @property
    def page_token_key(self) -> bytes:
        """The HMAC key of page tokens, 32 bytes; a new first key makes them all invalid."""
        return self._page_token_key

    def seal(self, data: bytes) -> bytes:
        """Return bytes that only our keys open."""
        return self._fernet.encrypt(data)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed; WrongKeyError when no key fits."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise WrongKeyError("sealed with a key that is not among SECRET_KEYS") from error


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
