"""A chat command: its name, who may use it, and its cooldown."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from twitchbot.domain.patch import changes_of

PREFIX = "!"


def command_key(name: str) -> str:
    """Return what makes two names the same command: no case, no leading `!`, one Unicode form.

    It is Unicode's canonical caseless matching. Folding composed letters gives other results than
    folding decomposed ones, and leaves neither form, hence one form before and one after.
    """
    folded = unicodedata.normalize("NFD", name.removeprefix(PREFIX)).casefold()
    return unicodedata.normalize("NFC", folded)


class Refusal(StrEnum):
    """Why a command may not be used now, in the words of the API."""

    NOT_FOUND = "command not found"
    NOT_ACTIVE = "command is not active"
    NOT_AUTHORIZED = "not authorized to use this command"
    ON_COOLDOWN = "command is on cooldown"


@dataclass(slots=True, frozen=True, kw_only=True)
class CommandResult:
    """What came of a use: a response, or an error and the seconds left of a cooldown."""

    success: bool
    response: str = ""
    error: str = ""
    cooldown_remaining: int = 0

    @classmethod
    def refused(cls, refusal: Refusal) -> CommandResult:
        """Make the result of a use that was refused for another reason than its cooldown."""
        return cls(success=False, error=refusal)

    @classmethod
    def cooling(cls, seconds: int) -> CommandResult:
        """Make the result of a use that came too early by so many seconds."""
        return cls(success=False, error=Refusal.ON_COOLDOWN, cooldown_remaining=seconds)


@dataclass(slots=True, frozen=True, kw_only=True)
class Command:
    """A stored answer to `!name`."""

    id: UUID
    name: str
    description: str = ""
    response: str
    is_active: bool = True
    moderator_only: bool = False
    subscriber_only: bool = False
    cooldown_seconds: int = 0
    usage_count: int = 0
    last_used: datetime | None = None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None

    def allows(self, *, is_moderator: bool, is_subscriber: bool) -> bool:
        """Tell whether somebody may use it; moderators may use subscriber-only commands."""
        if self.moderator_only:
            return is_moderator
        if self.subscriber_only:
            return is_subscriber or is_moderator
        return True

    def cooldown_remaining(self, now: datetime) -> int:
        """Return how many seconds are left until it may run again, rounded up.

        Never more than the cooldown itself: another instance's clock may be ahead of ours.
        """
        if self.last_used is None:
            return 0
        ready_at = self.last_used + timedelta(seconds=self.cooldown_seconds)
        seconds = -((now - ready_at) // timedelta(seconds=1))
        return min(max(0, seconds), self.cooldown_seconds)

    def refusal(
        self, now: datetime, *, is_moderator: bool, is_subscriber: bool
    ) -> CommandResult | None:
        """Return why somebody may not use it now; None when nothing speaks against it."""
        if not self.is_active:
            return CommandResult.refused(Refusal.NOT_ACTIVE)
        if not self.allows(is_moderator=is_moderator, is_subscriber=is_subscriber):
            return CommandResult.refused(Refusal.NOT_AUTHORIZED)
        if seconds := self.cooldown_remaining(now):
            return CommandResult.cooling(seconds)
        return None

    def patched(self, patch: CommandPatch, at: datetime) -> Command:
        """Return it with the values that a patch names."""
        return replace(self, **changes_of(patch), updated_at=at)


@dataclass(slots=True, frozen=True, kw_only=True)
class CommandPatch:
    """What to change of a command; None leaves a field as it is."""

    name: str | None = None
    description: str | None = None
    response: str | None = None
    is_active: bool | None = None
    moderator_only: bool | None = None
    subscriber_only: bool | None = None
    cooldown_seconds: int | None = None
