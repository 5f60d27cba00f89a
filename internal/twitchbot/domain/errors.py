"""Kinds of failure, and each failure by name.

A failure knows nothing of gRPC or HTTP.
Its kind (the direct subclass of TwitchbotError) decides the status code at the edge,
its `reason` tells programs what happened, its message tells people.

    TwitchbotError
    ├── InvalidInputError      the caller must change the request
    ├── NotFoundError
    ├── AlreadyExistsError
    ├── PreconditionError      the caller must change the state first; the message says how
    ├── LimitReachedError      come back after `retry_after_s`
    └── UnavailableError       something we need is away; come back after `retry_after_s`
"""

from __future__ import annotations

from typing import ClassVar


class TwitchbotError(Exception):
    """A failure that a caller is told about by name."""

    reason: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, **metadata: str) -> None:
        super().__init__(message)
        self.message = message
        self.metadata = metadata


class InvalidInputError(TwitchbotError):
    """A field of the request breaks a rule."""

    reason = "INVALID_ARGUMENT"

    def __init__(self, field: str, description: str, **metadata: str) -> None:
        super().__init__(f"{field}: {description}", **metadata)
        self.field = field
        self.description = description


class SlashCommandError(InvalidInputError):
    """A chat text begins with `/` or `.`, which Twitch would read as a command."""

    reason = "SLASH_COMMAND"


class NotFoundError(TwitchbotError):
    """What was asked for does not exist, or was deleted."""

    noun: ClassVar[str] = "entity"

    @classmethod
    def of(cls, key: object) -> NotFoundError:
        """Make the error that says which one was not found."""
        return cls(f"{cls.noun} {key} not found", id=str(key))


class StreamNotFoundError(NotFoundError):
    """No stream has this id."""

    reason = "STREAM_NOT_FOUND"
    noun = "stream"


class NoActiveStreamError(NotFoundError):
    """The channel is not live."""

    reason = "NO_ACTIVE_STREAM"
    noun = "active stream of channel"


class MessageNotFoundError(NotFoundError):
    """No message has this id."""

    reason = "MESSAGE_NOT_FOUND"
    noun = "message"


class ViewerNotFoundError(NotFoundError):
    """No viewer has this id."""

    reason = "VIEWER_NOT_FOUND"
    noun = "viewer"


class ClipNotFoundError(NotFoundError):
    """No clip has this id."""

    reason = "CLIP_NOT_FOUND"
    noun = "clip"


class CommandNotFoundError(NotFoundError):
    """No command has this id or name."""

    reason = "COMMAND_NOT_FOUND"
    noun = "command"


class ChannelNotFoundError(NotFoundError):
    """The channel was never joined."""

    reason = "CHANNEL_NOT_FOUND"
    noun = "channel"


class ChannelViewerNotFoundError(NotFoundError):
    """The viewer was never seen in this channel."""

    reason = "CHANNEL_VIEWER_NOT_FOUND"
    noun = "channel viewer"


class AccountNotFoundError(NotFoundError):
    """No account with this user id is stored."""

    reason = "ACCOUNT_NOT_FOUND"
    noun = "account"


class LoginNotFoundError(NotFoundError):
    """No device login with this id is under way."""

    reason = "LOGIN_NOT_FOUND"
    noun = "login"


class AlreadyExistsError(TwitchbotError):
    """Something with the same unique name or id exists."""


class ViewerAlreadyExistsError(AlreadyExistsError):
    """A viewer with this Twitch id exists."""

    reason = "VIEWER_ALREADY_EXISTS"


class ClipAlreadyExistsError(AlreadyExistsError):
    """A clip with this Twitch clip id exists."""

    reason = "CLIP_ALREADY_EXISTS"


class CommandAlreadyExistsError(AlreadyExistsError):
    """A command with this name exists."""

    reason = "COMMAND_ALREADY_EXISTS"


class StreamAlreadyActiveError(AlreadyExistsError):
    """The channel has an active stream."""

    reason = "STREAM_ALREADY_ACTIVE"


class PreconditionError(TwitchbotError):
    """The state does not allow it now; the message says what to set or do first."""


class StreamAlreadyEndedError(PreconditionError):
    """The stream has ended before."""

    reason = "STREAM_ALREADY_ENDED"


class ChatOnlyStreamProtectedError(PreconditionError):
    """The Chat-Only stream can neither be ended nor deleted."""

    reason = "CHAT_ONLY_STREAM_PROTECTED"


class BotDisabledError(PreconditionError):
    """The service runs without a chat connection (API-only)."""

    reason = "BOT_DISABLED"


class ChannelNotJoinedError(PreconditionError):
    """The bot is not in this channel."""

    reason = "CHANNEL_NOT_JOINED"


class NotLoggedInError(PreconditionError):
    """An anonymous connection can read, but not send."""

    reason = "NOT_LOGGED_IN"


class MissingScopeError(PreconditionError):
    """The token lacks a scope that this needs."""

    reason = "MISSING_SCOPE"


class TokenRejectedError(PreconditionError):
    """Twitch no longer accepts the token; a new login is needed."""

    reason = "TOKEN_REJECTED"


class ClientIdMissingError(PreconditionError):
    """No Twitch client id is set, or Twitch does not accept it."""

    reason = "CLIENT_ID_MISSING"


class LimitReachedError(TwitchbotError):
    """A limit is used up for now."""

    reason = "RATE_LIMITED"

    def __init__(self, message: str, *, retry_after_s: float, **metadata: str) -> None:
        super().__init__(message, **metadata)
        self.retry_after_s = retry_after_s


class QueueFullError(LimitReachedError):
    """Too much of this is waiting already."""

    reason = "QUEUE_FULL"


class UnavailableError(TwitchbotError):
    """Something we depend on does not answer."""

    reason = "TWITCH_UNAVAILABLE"

    def __init__(self, message: str, *, retry_after_s: float = 5.0, **metadata: str) -> None:
        super().__init__(message, **metadata)
        self.retry_after_s = retry_after_s


class DatabaseUnavailableError(UnavailableError):
    """The database is away, locked or full."""

    reason = "DATABASE_UNAVAILABLE"


class ChatUnavailableError(UnavailableError):
    """The chat connection is down and being rebuilt."""

    reason = "CHAT_UNAVAILABLE"


class ShuttingDownError(UnavailableError):
    """The service is about to stop."""

    reason = "SHUTTING_DOWN"


class BadRowError(TwitchbotError):
    """The database refuses the data of a row, whatever its state."""
