"""A chat command: its name, who may use it, and its cooldown."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

PREFIX = "!"


def command_key(name: str) -> str:
    """Return what makes two names the same command: no case, no leading `!`, one Unicode form."""
    return unicodedata.normalize("NFC", name).removeprefix(PREFIX).casefold()


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
        """Return how many seconds are left until it may run again, rounded up."""
        if self.last_used is None:
            return 0
        ready_at = self.last_used + timedelta(seconds=self.cooldown_seconds)
        return max(0, math.ceil((ready_at - now).total_seconds()))


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
