"""CAP, PASS and NICK: how a connection gets its identity, or the reason why not."""

import re
from typing import TYPE_CHECKING

from twitchsim.author import global_tags
from twitchsim.lines import SERVER, line, notice, welcome
from twitchsim.room import Person

if TYPE_CHECKING:
    from twitchsim.irc.session import IrcSession

KNOWN_CAPS = ("twitch.tv/commands", "twitch.tv/membership", "twitch.tv/tags")
_ANONYMOUS = re.compile(r"justinfan\d+", re.IGNORECASE)
_NICK = re.compile(r"[A-Za-z0-9_]{1,25}")
_CHAT_SCOPES = frozenset({"chat:read", "chat:edit"})

AUTHENTICATION_FAILED = "Login authentication failed"
BAD_FORMAT = "Improperly formatted auth"
INVALID_NICK = "Invalid NICK"
UNSUCCESSFUL = "Login unsuccessful"


class Login:
    """The part of a session that runs until the welcome."""

    def __init__(self, session: "IrcSession") -> None:
        self._session = session
        self._state = session.state
        self._password = ""
        self._nick = ""
        self._held_acks: list[tuple[bytes, list[str]]] = []

    def cap(self, subcommand: str, requested: str) -> None:
        """Answer CAP LS and CAP REQ; CAP END needs no answer."""
        wire = self._session.wire
        if subcommand == "LS":
            wire.write(line(SERVER, "CAP", "*", "LS", trailing=" ".join(KNOWN_CAPS)))
        if subcommand != "REQ":
            return
        names = requested.split()
        if not names or any(name not in KNOWN_CAPS for name in names):
            wire.write(line(SERVER, "CAP", "*", "NAK", trailing=requested))
            return
        ack = (line(SERVER, "CAP", "*", "ACK", trailing=requested), names)
        settings = self._state.settings
        if settings.quirks.cap_ack == "after_login" and not self._session.is_logged_in:
            self._held_acks.append(ack)
        elif settings.times.cap_ack_delay_s > 0:
            self._session.later(settings.times.cap_ack_delay_s, lambda: self._acknowledge([ack]))
        else:
            self._acknowledge([ack])

    def password(self, text: str) -> None:
        """Remember what PASS gave."""
        self._password = text

    def nick(self, name: str) -> None:
        """Decide about the login, at once or after the configured delay."""
        if self._session.is_logged_in or self._nick:
            return
        self._nick = name or "*"
        delay_s = self._state.settings.times.login_delay_s
        if delay_s > 0:
            self._session.later(delay_s, self._decide)
        else:
            self._decide()

    def _decide(self) -> None:
        person, failure = self._identify()
        if not self._within_limit(person):
            self._state.counts["irc.login_limit_hits"] += 1
            if self._state.settings.quirks.login_flood == "notice":
                self._refuse(UNSUCCESSFUL)
            self._session.wire.close("login limit")
            return
        if self._state.faults.login_answers:
            failure = self._state.faults.login_answers.popleft()
        if failure:
            self._refuse(failure)
            return
        self._welcome(person)

    def _identify(self) -> tuple[Person | None, str]:
        """Return the token's user, or the text that refuses the login."""
        if _ANONYMOUS.fullmatch(self._nick):
            return None, ""
        scheme, _, value = self._password.partition(":")
        if not _NICK.fullmatch(self._nick) or scheme != "oauth" or not value:
            return None, BAD_FORMAT if _NICK.fullmatch(self._nick) else INVALID_NICK
        token = self._state.tokens.find(value)
        if token is None:
            return None, AUTHENTICATION_FAILED
        if token.user_id is None or not token.scopes & _CHAT_SCOPES:
            return None, UNSUCCESSFUL
        person = self._state.world.people[token.user_id]
        if person.suspended:
            return None, AUTHENTICATION_FAILED
        self._session.token = token
        return person, ""

    def _within_limit(self, person: Person | None) -> bool:
        limits = self._state.settings.limits
        verified = person is not None and person.verified_bot
        account = person.user_id if person is not None else self._nick.lower()
        return self._state.limits.of(account).logins.hit(
            self._state.clock.monotonic(),
            limits.verified_logins if verified else limits.logins,
            limits.login_window_s,
        )

    def _welcome(self, person: Person | None) -> None:
        session = self._session
        login = person.login if person is not None else self._nick.lower()
        session.logged_in(login, person)
        all_alike = self._state.settings.quirks.motd_all_alike
        session.wire.write(welcome(login, all_alike))
        if person is not None and {"twitch.tv/tags", "twitch.tv/commands"} <= session.caps:
            tags = global_tags(person)
            session.wire.write(line(SERVER, "GLOBALUSERSTATE", tags=tags))
        self._acknowledge(self._held_acks)

    def _refuse(self, text: str) -> None:
        """Tell the reason, then what ACKs are owed, in one packet, and close."""
        self._state.counts["irc.login_failures"] += 1
        self._session.wire.write(notice("*", text))
        self._acknowledge(self._held_acks)
        self._session.wire.close(text)

    def _acknowledge(self, acks: list[tuple[bytes, list[str]]]) -> None:
        for data, names in acks:
            self._session.caps.update(names)
            self._session.wire.write(data)
