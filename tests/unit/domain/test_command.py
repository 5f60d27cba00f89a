from datetime import timedelta
from fractions import Fraction
from math import ceil
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.builders import NOON, a_command
from twitchbot.domain.command import CommandPatch, CommandResult, Refusal, command_key

LATER = NOON + timedelta(hours=1)


NAMES = st.text(
    st.characters() | st.sampled_from("ßẞſ\u0390\u01f0ᾴᾼΐςİ\u0300\u0301\u0308\u0327\u0345")
)


@given(NAMES)
@example("ß\u0301")
@example("ά\u0345\u0301")
def test_a_name_means_the_same_command_in_all_its_forms(name: str) -> None:
    decomposed = normalize("NFD", name)
    spellings = (name, decomposed, decomposed.casefold())
    forms = [normalize(form, text) for form in ("NFC", "NFD") for text in spellings]

    assert {command_key(text) for text in (*spellings, *forms)} == {command_key(name)}


@given(NAMES)
def test_the_key_of_a_name_is_composed(name: str) -> None:
    assert is_normalized("NFC", command_key(name))


@pytest.mark.parametrize(
    ("name", "same"),
    [("straße", "STRASSE"), ("ΐδ", "\u0399\u0308\u0301Δ"), ("čau", "C\u030cAU"), ("ὀδός", "ὈΔΌΣ")],
)
def test_a_name_means_the_same_command_in_upper_case(name: str, same: str) -> None:
    assert command_key(name) == command_key(same)


@given(st.text().filter(lambda name: not name.startswith("!")))
def test_a_name_means_the_same_command_with_its_exclamation_mark(name: str) -> None:
    assert command_key(f"!{name}") == command_key(name)


def test_a_name_means_the_same_command_however_its_letters_are_composed() -> None:
    assert command_key("!cafe\u0301") == command_key("CAFÉ")


def test_only_one_exclamation_mark_is_left_out() -> None:
    assert command_key("!!so") == "!so"


@pytest.mark.parametrize(
    ("moderator_only", "subscriber_only", "is_moderator", "is_subscriber", "allowed"),
    [
        (False, False, False, False, True),
        (True, False, False, True, False),
        (True, False, True, False, True),
        (False, True, False, False, False),
        (False, True, False, True, True),
        (False, True, True, False, True),
        (True, True, False, True, False),
        (True, True, True, False, True),
    ],
)
def test_who_may_use_a_command(
    moderator_only: bool,
    subscriber_only: bool,
    is_moderator: bool,
    is_subscriber: bool,
    allowed: bool,
) -> None:
    command = a_command(moderator_only=moderator_only, subscriber_only=subscriber_only)

    assert command.allows(is_moderator=is_moderator, is_subscriber=is_subscriber) is allowed


@given(
    cooldown=st.integers(0, 2**31 - 1),
    since=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=365 * 70)),
)
def test_a_cooldown_is_told_in_whole_seconds_rounded_up(cooldown: int, since: timedelta) -> None:
    command = a_command(cooldown_seconds=cooldown, last_used=NOON)

    remaining = command.cooldown_remaining(NOON + since)

    exact = cooldown - Fraction(since // timedelta(microseconds=1), 1_000_000)
    assert remaining == max(0, ceil(exact))


@pytest.mark.parametrize(
    ("after_us", "remaining"),
    [(0, 10), (1, 10), (9_000_000, 1), (9_999_999, 1), (10_000_000, 0), (10_000_001, 0)],
)
def test_a_cooldown_of_ten_seconds_counts_down(after_us: int, remaining: int) -> None:
    command = a_command(cooldown_seconds=10, last_used=NOON)

    assert command.cooldown_remaining(NOON + timedelta(microseconds=after_us)) == remaining


def test_a_command_that_was_never_used_is_not_cooling_down() -> None:
    assert a_command(cooldown_seconds=10).cooldown_remaining(NOON) == 0


@pytest.mark.parametrize("cooldown", [0, 10])
def test_a_use_by_a_clock_ahead_of_ours_does_not_make_a_cooldown_longer(cooldown: int) -> None:
    command = a_command(cooldown_seconds=cooldown, last_used=LATER)

    assert command.cooldown_remaining(NOON) == cooldown


def test_a_command_that_may_be_used_is_not_refused() -> None:
    assert a_command().refusal(NOON, is_moderator=False, is_subscriber=False) is None


def test_being_inactive_is_told_before_anything_else() -> None:
    command = a_command(is_active=False, moderator_only=True, cooldown_seconds=10, last_used=NOON)

    refusal = command.refusal(NOON, is_moderator=False, is_subscriber=False)

    assert refusal == CommandResult(success=False, error="command is not active")
    assert refusal.cooldown_remaining == 0


def test_a_missing_right_is_told_before_the_cooldown() -> None:
    command = a_command(moderator_only=True, cooldown_seconds=10, last_used=NOON)

    refusal = command.refusal(NOON, is_moderator=False, is_subscriber=True)

    assert refusal == CommandResult(success=False, error="not authorized to use this command")


def test_a_cooldown_is_told_with_the_seconds_that_are_left() -> None:
    command = a_command(cooldown_seconds=10, last_used=NOON)

    refusal = command.refusal(NOON + timedelta(seconds=2.5), is_moderator=True, is_subscriber=True)

    assert refusal == CommandResult(
        success=False, error="command is on cooldown", cooldown_remaining=8
    )


def test_refusals_read_as_the_contract_says() -> None:
    assert [str(refusal) for refusal in Refusal] == [
        "command not found",
        "command is not active",
        "not authorized to use this command",
        "command is on cooldown",
    ]


def test_a_command_begins_without_uses_and_cools_down_only_if_told_to() -> None:
    command = a_command()

    assert (command.usage_count, command.last_used, command.cooldown_seconds) == (0, None, 0)


def test_a_patch_changes_what_it_names_also_to_false_and_zero() -> None:
    command = a_command(cooldown_seconds=10)

    patched = command.patched(CommandPatch(is_active=False, cooldown_seconds=0), LATER)

    assert (patched.is_active, patched.cooldown_seconds) == (False, 0)
    assert (patched.name, patched.response) == (command.name, command.response)
    assert patched.updated_at == LATER
