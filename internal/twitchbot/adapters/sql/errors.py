"""The one place where a driver's error becomes one of ours."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

from twitchbot.adapters.sql.dialect import Dialect, Fault
from twitchbot.domain.errors import (
    BadRowError,
    ClipAlreadyExistsError,
    CommandAlreadyExistsError,
    DatabaseUnavailableError,
    StreamAlreadyActiveError,
    StreamNotFoundError,
    TwitchbotError,
    ViewerAlreadyExistsError,
)

# SQLite does not say which foreign key failed; all of ours lead to streams.
FOREIGN_KEY = "foreign key"

_VIOLATIONS: Mapping[str, tuple[type[TwitchbotError], str]] = {
    "uq_viewers_twitch_id": (ViewerAlreadyExistsError, "a viewer with this Twitch id exists"),
    "uq_clips_twitch_clip_id": (ClipAlreadyExistsError, "a clip with this Twitch clip id exists"),
    "uq_commands_name_key": (CommandAlreadyExistsError, "a command with this name exists"),
    "uq_streams_active_channel_id": (
        StreamAlreadyActiveError,
        "the channel has an active stream",
    ),
    FOREIGN_KEY: (StreamNotFoundError, "stream not found"),
}


def database_unavailable() -> DatabaseUnavailableError:
    """Make the error for a database that does not answer; the cause says why."""
    return DatabaseUnavailableError("the database does not answer, try again")


def translate(error: BaseException, dialect: Dialect) -> TwitchbotError | None:
    """Return our error for a driver's; None when it can only be a bug of ours."""
    match dialect.fault_of(error):
        case Fault.AWAY:
            return database_unavailable()
        case Fault.CONSTRAINT:
            kind, text = _VIOLATIONS.get(
                dialect.constraint_of(error), (BadRowError, "the row breaks a rule of its table")
            )
            return kind(text)
        case Fault.BAD_ROW:
            # The driver's text may repeat the value, so only its class is told.
            return BadRowError(f"the database refuses the data ({type(error).__name__})")
    return None


def translate_errors(engine: AsyncEngine, dialect: Dialect) -> None:
    """Let everything that runs on this engine raise our errors."""

    def replace(context: ExceptionContext) -> TwitchbotError | None:
        return translate(context.original_exception, dialect)

    event.listen(engine.sync_engine, "handle_error", replace, retval=True)
