"""Sealing, opening, and keys derived for other uses."""

import pytest

from twitchbot.adapters.crypto.sealer import Sealer, WrongKeyError

OLD, NEW = "CANARY-old-" + "o" * 32, "CANARY-new-" + "n" * 32


def test_only_our_key_opens_what_we_sealed() -> None:
    sealed = Sealer([OLD]).seal(b"CANARY-token")

    assert b"CANARY" not in sealed
    assert Sealer([OLD]).open(sealed) == b"CANARY-token"
    with pytest.raises(WrongKeyError) as refused:
        Sealer([NEW]).open(sealed)
    assert "CANARY" not in repr(refused.value)


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    sealer = Sealer([OLD])

    assert sealer.seal(b"token") != sealer.seal(b"token")


def test_a_new_key_seals_while_the_old_one_still_opens() -> None:
    before = Sealer([OLD]).seal(b"token")
    both = Sealer([NEW, OLD])

    after = both.seal(b"token")

    assert both.open(before) == b"token"
    assert Sealer([NEW]).open(after) == b"token"
    with pytest.raises(WrongKeyError):
        Sealer([OLD]).open(after)


@pytest.mark.parametrize("sealed", [b"", b"not sealed", b"\xff" * 100])
def test_what_was_never_sealed_is_not_opened(sealed: bytes) -> None:
    with pytest.raises(WrongKeyError):
        Sealer([OLD]).open(sealed)


def test_a_changed_byte_is_noticed() -> None:
    sealed = bytearray(Sealer([OLD]).seal(b"token"))
    sealed[20] ^= 1

    with pytest.raises(WrongKeyError):
        Sealer([OLD]).open(bytes(sealed))


def test_page_tokens_have_a_key_of_their_own_that_survives_a_restart() -> None:
    key = Sealer([NEW, OLD]).page_token_key

    assert key == Sealer([NEW]).page_token_key
    assert key != Sealer([OLD]).page_token_key
    assert len(key) == 32


def test_no_key_shows_in_a_repr() -> None:
    assert "CANARY" not in repr(Sealer([OLD]))
