"""Bad days: cuts, freezes, refused logins, failing HTTP answers."""

from functools import partial
from typing import Literal

from twitchsim.faults import BodyKind, HttpFault, RefusedSend
from twitchsim.irc.session import IrcSession
from twitchsim.lines import SERVER, line
from twitchsim.notices import notice_text
from twitchsim.verbs.stage import Stage

How = Literal["rst", "fin", "mid_line"]


class FaultVerbs(Stage):
    """Break things; ``login`` and ``connection`` narrow a verb to some connections."""

    def cut(self, how: How = "rst", *, login: str = "", connection: int = 0) -> int:
        """Cut connections and return how many.

        ``rst`` drops what is queued, ``fin`` sends it first, ``mid_line`` stops inside of it.
        """
        sessions = self._sessions(login, connection)
        for session in sessions:
            if how == "rst":
                session.wire.reset("cut")
            elif how == "fin":
                session.wire.close("cut")
            else:
                session.wire.tear("cut")
        return len(sessions)

    def freeze(self, *, login: str = "", connection: int = 0) -> int:
        """Stop reading and writing without closing; new connections are frozen too."""
        sessions = self._sessions(login, connection)
        self.parts.irc.is_frozen |= not login and not connection
        for session in sessions:
            session.wire.freeze()
        return len(sessions)

    def thaw(self, *, login: str = "", connection: int = 0) -> int:
        """Go on, beginning with what was held back."""
        self.parts.irc.is_frozen &= bool(login or connection)
        sessions = self._sessions(login, connection)
        for session in sessions:
            session.wire.thaw()
        return len(sessions)

    def reconnect(
        self, *, login: str = "", connection: int = 0, close_after_s: float | None = None
    ) -> int:
        """Send RECONNECT, and close after a while."""
        default_s = self.state.settings.times.reconnect_close_s
        delay_s = default_s if close_after_s is None else close_after_s
        sessions = self._sessions(login, connection)
        for session in sessions:
            if session.has("commands"):
                session.wire.write(line(SERVER, "RECONNECT"))
            session.later(delay_s, partial(session.wire.close, "reconnect"))
        return len(sessions)

    def slice_writes(
        self, size: int, pause_s: float = 0.001, *, login: str = "", connection: int = 0
    ) -> int:
        """Write this many bytes at a time, also inside a character; 0 ends it."""
        sessions = self._sessions(login, connection)
        for session in sessions:
            session.wire.slice(size, pause_s)
        return len(sessions)

    def send_ping(self) -> int:
        """Send PING to all connections now."""
        sessions = self._sessions("", 0)
        for session in sessions:
            session.ping()
        return len(sessions)

    def refuse_connections(self) -> None:
        """Close the IRC ports; connections that exist stay."""
        self.parts.irc.close_doors()

    async def accept_connections(self) -> None:
        """Open the same IRC ports again."""
        await self.parts.irc.open_doors()

    def fail_logins(self, text: str = "Login authentication failed", times: int = 1) -> None:
        """Refuse the next logins with a text, whatever their token."""
        self.state.faults.login_answers.extend([text] * times)

    def refuse_sends(
        self, msg_id: str, *, channel: str = "", text: str = "", times: int = 1
    ) -> None:
        """Refuse the next messages with a NOTICE (over Helix a drop reason) of this id."""
        wording = text or notice_text(msg_id, channel=channel, n=60, d="10 minutes", d2="1 minute")
        self.state.faults.refused_sends.append(
            RefusedSend(channel=channel, msg_id=msg_id, text=wording, times=times)
        )

    def fail_http(
        self,
        path: str,
        *,
        method: str = "",
        status: int | None = 500,
        body: BodyKind = "json",
        message: str = "",
        delay_s: float = 0.0,
        hang: bool = False,
        times: int = 1,
    ) -> None:
        """Fail the next matching requests to Helix (``/streams``) or OAuth (``/oauth2/token``).

        With ``status=None`` the real answer follows the delay; ``hang`` waits until the end.
        """
        self.state.faults.http.append(
            HttpFault(
                path=path,
                method=method,
                status=status,
                body=body,
                message=message,
                delay_s=delay_s,
                hang=hang,
                times=times,
            )
        )

    def withhold_clips(self, withheld: bool = True) -> None:
        """Let new clips never become visible."""
        self.state.faults.clips_never_ready = withheld

    def heal(self) -> None:
        """Take back all ordered faults and go on from a freeze."""
        faults = self.state.faults
        faults.http.clear()
        faults.login_answers.clear()
        faults.refused_sends.clear()
        faults.lost_refresh_responses = 0
        faults.clips_never_ready = False
        self.thaw()

    def drain_points(self, login: str = "") -> None:
        """Empty the Helix buckets of a user, or of app tokens."""
        user_id = self.state.world.person(login).user_id if login else None
        self.helix.gate.drain(user_id)

    def _sessions(self, login: str, connection: int) -> list[IrcSession]:
        return list(self.parts.irc.find(login=login, connection=connection))
