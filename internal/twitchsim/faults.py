"""Bad days that were ordered: refused logins and messages, failing HTTP answers, broken lines."""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

BodyKind = Literal["json", "html", "empty"]


@dataclass(slots=True, kw_only=True)
class HttpFault:
    """An answer that replaces (or delays) the real one for the next matching requests."""

    path: str
    method: str = ""
    status: int | None = 500
    body: BodyKind = "json"
    message: str = ""
    delay_s: float = 0.0
    hang: bool = False
    times: int = 1

    def matches(self, method: str, path: str) -> bool:
        """Tell whether a request is hit."""
        return path.startswith(self.path) and self.method in ("", method)


@dataclass(slots=True, kw_only=True)
class RefusedSend:
    """A NOTICE or drop reason that meets the next messages to a channel (or to any)."""

    channel: str
    msg_id: str
    text: str
    times: int = 1


@dataclass(slots=True, kw_only=True)
class Faults:
    """What goes wrong next."""

    login_answers: deque[str] = field(default_factory=deque)
    refused_sends: list[RefusedSend] = field(default_factory=list)
    http: list[HttpFault] = field(default_factory=list)
    lost_refresh_responses: int = 0
    clips_never_ready: bool = False

    def take_http(self, method: str, path: str) -> HttpFault | None:
        """Return the fault for a request and count it down."""
        for fault in self.http:
            if fault.matches(method, path):
                fault.times -= 1
                if fault.times <= 0:
                    self.http.remove(fault)
                return fault
        return None

    def take_refused_send(self, channel: str) -> RefusedSend | None:
        """Return the refusal for a message and count it down."""
        for refused in self.refused_sends:
            if refused.channel in ("", channel):
                refused.times -= 1
                if refused.times <= 0:
                    self.refused_sends.remove(refused)
                return refused
        return None


def odd_lines(channel: str) -> dict[str, bytes]:
    """Return lines that break careless readers, by name; each ends in a newline."""
    nobody = b":x!x@x.tmi.twitch.tv PRIVMSG #" + channel.encode()
    return {
        "garbage": b"@@@;;= :::: \x02\x03 ??? !!!\r\n",
        "empty": b"\r\n",
        "only_tags": b"@badge-info=;badges=\r\n",
        "no_tags": nobody + b" :no tags at all\r\n",
        "invalid_utf8": nobody + b" :caf\xe9 \xff\xfe \xf0\x9f\x98\r\n",
        "nul": nobody + b" :before\x00after\r\n",
        "long": nobody + b" :" + b"x" * 70_000 + b"\r\n",
        "unknown_command": b":tmi.twitch.tv FROBNICATE #" + channel.encode() + b" :what\r\n",
        "bare_newline": nobody + b" :ended by a newline alone\n",
        "many_spaces": nobody.replace(b" PRIVMSG ", b"  PRIVMSG   ") + b"   :spaced  out\r\n",
        "jtv_hosting": b":jtv!jtv@jtv.tmi.twitch.tv PRIVMSG someone :x is now hosting you\r\n",
        "hosttarget": b":tmi.twitch.tv HOSTTARGET #" + channel.encode() + b" :x 3\r\n",
    }
