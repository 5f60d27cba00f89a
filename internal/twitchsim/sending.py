"""Who may say what: the rules that meet a client's message, over IRC and over Helix alike."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from twitchsim.emotes import is_emote_only
from twitchsim.limits import AccountLimits
from twitchsim.notices import notice_text, spell_minutes
from twitchsim.room import Person, Room
from twitchsim.state import SimState

_COMMAND = re.compile(r"[/.][a-z]+", re.IGNORECASE)
_UNIQUE_MIN_CHARACTERS = 9
_UNIQUE_REMEMBERED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a message was not sent; without a msg-id the sender hears nothing."""

    msg_id: str = ""
    text: str = ""
    closes_connection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    room: Room
    person: Person
    text: str
    now: float
    limits: AccountLimits
    is_privileged: bool

    def refused(self, msg_id: str, **fields: object) -> Refusal:
        text = notice_text(msg_id, channel=self.room.login, **fields)
        return Refusal(msg_id=msg_id, text=text)


class SendRules:
    """Judges each attempt by the counters of its account and the modes of its room."""

    def __init__(self, state: SimState) -> None:
        self._state = state
        self._rules: tuple[Callable[[_Attempt], Refusal | None], ...] = (
            self._ordered_refusal,
            self._flood,
            self._channel,
            self._ban,
            self._length,
            self._slow,
            self._audience,
            self._pace,
            self._duplicate,
        )

    def prepare(self, text: str) -> str:
        """Trim a text as the server does."""
        text = text.strip(" ")
        if self._state.settings.quirks.overlong_message == "trim":
            return text[: self._state.settings.limits.message_characters]
        return text

    def judge(self, room: Room, person: Person, text: str) -> Refusal | None:
        """Return why a message may not be sent, or None and count it as sent."""
        now = self._state.clock.monotonic()
        limits = self._state.limits.of(person.user_id)
        attempt = _Attempt(
            room=room,
            person=person,
            text=text,
            now=now,
            limits=limits,
            is_privileged=room.privileged(person.user_id),
        )
        for rule in self._rules:
            refusal = rule(attempt)
            if refusal is not None:
                self._state.counts[f"refused.{refusal.msg_id or 'silently'}"] += 1
                return refusal
        limits.last_sent[room.room_id] = now
        limits.last_text[room.room_id] = (_normalised(text), now)
        return None

    def _ordered_refusal(self, attempt: _Attempt) -> Refusal | None:
        ordered = self._state.faults.take_refused_send(attempt.room.login)
        if ordered is None:
            return None
        return Refusal(msg_id=ordered.msg_id, text=ordered.text)

    def _flood(self, attempt: _Attempt) -> Refusal | None:
        limits, settings = attempt.limits, self._state.settings
        if attempt.now < limits.muted_until:
            return Refusal()
        verified = settings.limits.verified_messages if attempt.person.verified_bot else 0
        window_s = settings.limits.message_window_s
        most = max(settings.limits.moderator_messages, verified)
        within = limits.moderator_messages.hit(attempt.now, most, window_s)
        if not attempt.is_privileged:
            most = max(settings.limits.messages, verified)
            within = limits.messages.hit(attempt.now, most, window_s) and within
        if within:
            return None
        if settings.quirks.message_flood == "close":
            return Refusal(closes_connection=True)
        limits.muted_until = attempt.now + settings.limits.mute_s
        return attempt.refused("msg_ratelimit")

    def _channel(self, attempt: _Attempt) -> Refusal | None:
        if attempt.room.owner.suspended:
            return Refusal(msg_id="msg_channel_suspended", text=self.suspended_text())
        return None

    def suspended_text(self) -> str:
        """Return the text about a suspended channel in the configured wording."""
        old = self._state.settings.quirks.old_suspended_text
        return notice_text("msg_channel_suspended_old" if old else "msg_channel_suspended")

    def _ban(self, attempt: _Attempt) -> Refusal | None:
        now = self._state.clock.now()
        ban = attempt.room.active_ban(attempt.person.user_id, now)
        if ban is None:
            return None
        if ban.until is None:
            return attempt.refused("msg_banned")
        new = self._state.settings.quirks.new_timeout_text
        left_s = max(int(ban.until - now), 1)
        text = attempt.refused("msg_timedout_new" if new else "msg_timedout", n=left_s).text
        return Refusal(msg_id="msg_timedout", text=text)

    def _length(self, attempt: _Attempt) -> Refusal | None:
        too_long = len(attempt.text) > self._state.settings.limits.message_characters
        return Refusal() if too_long or not attempt.text else None

    def _slow(self, attempt: _Attempt) -> Refusal | None:
        room, last = attempt.room, attempt.limits.last_sent.get(attempt.room.room_id)
        if attempt.is_privileged or not room.modes.slow or last is None:
            return None
        left_s = last + room.modes.slow - attempt.now
        return attempt.refused("msg_slowmode", n=int(left_s) + 1) if left_s > 0 else None

    def _audience(self, attempt: _Attempt) -> Refusal | None:
        room, user_id = attempt.room, attempt.person.user_id
        if attempt.is_privileged:
            return None
        if room.modes.subs_only and user_id not in room.subscribers:
            return attempt.refused("msg_subsonly")
        if room.modes.emote_only and not is_emote_only(attempt.text):
            return attempt.refused("msg_emoteonly")
        return self._followers(attempt) or self._unique(attempt)

    def _followers(self, attempt: _Attempt) -> Refusal | None:
        minutes = attempt.room.modes.followers_only
        since = attempt.room.followers.get(attempt.person.user_id)
        if minutes < 0 or (minutes == 0 and since is not None):
            return None
        if minutes == 0:
            return attempt.refused("msg_followersonly_zero")
        required = spell_minutes(minutes)
        if since is None:
            return attempt.refused("msg_followersonly", d=required)
        followed = int((self._state.clock.now() - since) / 60)
        if followed >= minutes:
            return None
        return attempt.refused("msg_followersonly_followed", d=required, d2=spell_minutes(followed))

    def _unique(self, attempt: _Attempt) -> Refusal | None:
        seen, text = attempt.room.unique_texts, _normalised(attempt.text).lower()
        if not attempt.room.modes.r9k or len(text) < _UNIQUE_MIN_CHARACTERS:
            return None
        if text in seen:
            return attempt.refused("msg_r9k")
        seen[text] = None
        if len(seen) > _UNIQUE_REMEMBERED:
            seen.popitem(last=False)
        return None

    def _pace(self, attempt: _Attempt) -> Refusal | None:
        last = attempt.limits.last_sent.get(attempt.room.room_id)
        interval_s = self._state.settings.limits.message_interval_s
        if attempt.is_privileged or last is None or attempt.now - last >= interval_s:
            return None
        return attempt.refused("msg_ratelimit")

    def _duplicate(self, attempt: _Attempt) -> Refusal | None:
        last = attempt.limits.last_text.get(attempt.room.room_id)
        if attempt.is_privileged or last is None:
            return None
        text, at = last
        recent = attempt.now - at < self._state.settings.limits.duplicate_window_s
        if recent and text == _normalised(attempt.text):
            return attempt.refused("msg_duplicate")
        return None


def removed_command(text: str) -> str | None:
    """Return the slash command a text would have been before Twitch removed them from IRC."""
    found = _COMMAND.match(text)
    return found.group() if found and found.group().lower() not in ("/me", ".me") else None


def _normalised(text: str) -> str:
    return " ".join(text.split())
