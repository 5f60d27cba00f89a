"""Every limit, time and text variant of the simulated Twitch; the defaults are Twitch's own."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    """How much one account may do; windows are in seconds."""

    joins: int = 20
    verified_joins: int = 2000
    join_window_s: float = 10.0
    anonymous_joins_count: bool = False
    logins: int = 20
    verified_logins: int = 200
    login_window_s: float = 10.0
    messages: int = 20
    moderator_messages: int = 100
    verified_messages: int = 7500
    message_window_s: float = 30.0
    message_interval_s: float = 1.0
    message_characters: int = 500
    duplicate_window_s: float = 30.0
    mute_s: float = 1800.0
    channels: int = 100
    anonymous_channels_count: bool = False
    helix_points: int = 800
    helix_refill_per_minute: float = 800.0
    announcement_interval_s: float = 2.0
    shoutout_interval_s: float = 120.0
    shoutout_target_interval_s: float = 3600.0
    clip_results: int = 1000
    names_in_room: int = 1000
    send_buffer_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSettings:
    """When things happen, in seconds."""

    ping_interval_s: float = 300.0
    pong_timeout_s: float = 30.0
    login_timeout_s: float = 60.0
    login_delay_s: float = 0.0
    cap_ack_delay_s: float = 0.0
    join_delay_s: float = 0.0
    reconnect_close_s: float = 10.0
    membership_batch_s: float = 10.0
    channel_release_s: float = 0.0
    stream_lag_s: float = 0.0
    chatters_lag_s: float = 0.0
    clip_ready_s: float = 5.0
    user_token_s: float = 14_124.0
    app_token_s: float = 5_011_271.0
    refresh_token_s: float = 30 * 86_400.0
    device_code_s: float = 1_800.0
    device_interval_s: float = 5.0
    deletable_s: float = 6 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuirkSettings:
    """Behaviour on which observers of the real platform disagree."""

    cap_ack: Literal["at_once", "after_login"] = "at_once"
    motd_all_alike: bool = True
    overlong_message: Literal["drop", "trim"] = "drop"
    message_flood: Literal["mute", "close"] = "mute"
    login_flood: Literal["close", "notice"] = "close"
    userstate_has_id: bool = False
    channel_limit_has_tags: bool = True
    new_timeout_text: bool = False
    old_suspended_text: bool = False
    shuffle_tags: bool = False
    refresh_error_status: Literal[400, 401] = 400
    unknown_client_status: Literal[400, 404] = 400
    public_refresh_is_single_use: bool = True
    confidential_refresh_is_single_use: bool = False
    device_slow_down: bool = False
    spurious_device_errors: int = 0
    helix_me_is_action: bool = True
    helix_old_bad_login_text: bool = False
    cursor_on_last_page: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PortSettings:
    """Where the servers listen; port 0 takes a free one."""

    host: str = "127.0.0.1"
    irc: int = 0
    irc_tls: int = 0
    http: int = 0
    control: int = 0
    tls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SimSettings:
    """All settings of one simulated Twitch."""

    limits: LimitSettings = field(default_factory=LimitSettings)
    times: TimeSettings = field(default_factory=TimeSettings)
    quirks: QuirkSettings = field(default_factory=QuirkSettings)
    ports: PortSettings = field(default_factory=PortSettings)

    def changed(self, **values: object) -> "SimSettings":
        """Return a copy with fields replaced by name, whichever section they stand in."""
        sections: dict[str, Any] = {}
        for section in ("limits", "times", "quirks", "ports"):
            current = getattr(self, section)
            own = {name: values.pop(name) for name in list(values) if hasattr(current, name)}
            sections[section] = replace(current, **own)
        if values:
            raise ValueError(f"unknown settings: {', '.join(sorted(values))}")
        return SimSettings(**sections)
