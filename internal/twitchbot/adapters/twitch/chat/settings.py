"""What the chat connection can be told; the defaults are made for Twitch itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from twitchbot.adapters.twitch.chat.limits import LimitSettings


@dataclass(slots=True, frozen=True, kw_only=True)
class Credentials:
    """Whom to log in as; `scopes` is None when they are not known."""

    login: str
    access_token: str = field(repr=False)
    user_id: str = ""
    scopes: frozenset[str] | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class ChatSettings:
    """Where Twitch is, how long we wait for what, and how much we do.

    A JOIN that meets silence is repeated; then, like a refused one, it is tried again much later.
    `log_lines` writes every line into the log, but for the token.
    `retry_max_attempts` counts failed connections in a row; None means for ever.
    After a connection that lived for `stable_after_s` the next one is made at once.
    """

    host: str = "irc.chat.twitch.tv"
    port: int = 6697
    tls: bool = True
    ca_file: Path | None = None
    log_lines: bool = False
    connect_timeout_s: float = 10.0
    login_timeout_s: float = 15.0
    ping_after_s: float = 30.0
    pong_timeout_s: float = 10.0
    retry_base_s: float = 5.0
    retry_max_s: float = 300.0
    retry_max_attempts: int | None = None
    login_retry_base_s: float = 60.0
    login_retry_max_s: float = 3600.0
    stable_after_s: float = 30.0
    join_timeout_s: float = 20.0
    join_attempts: int = 3
    join_retry_s: float = 3600.0
    channel_limit_retry_s: float = 600.0
    send_timeout_s: float = 5.0
    send_queue_length: int = 100
    send_max_age_s: float = 30.0
    limits: LimitSettings = field(default_factory=LimitSettings)
