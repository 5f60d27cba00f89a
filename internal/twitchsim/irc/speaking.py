"""PRIVMSG from a client: judged, said in the room, or refused with a NOTICE."""

from typing import TYPE_CHECKING

from twitchsim.author import userstate_tags
from twitchsim.irc.request import Request
from twitchsim.notices import notice_text
from twitchsim.room import Person, Room
from twitchsim.sending import Refusal, removed_command

if TYPE_CHECKING:
    from twitchsim.irc.session import IrcSession

_ME = ("/me ", ".me ")


class Speaking:
    """What one session says."""

    def __init__(self, session: "IrcSession") -> None:
        self._session = session
        self._state = session.state

    def speak(self, request: Request) -> None:
        """Say the message, or tell the sender why not; anonymous clients are ignored."""
        person = self._session.person
        room = self._state.world.find_room(request.param(0).removeprefix("#"))
        if person is None or room is None:
            return
        text = self._session.server.rules.prepare(request.param(1))
        refusal = self._refusal(room, person, text)
        if refusal is None:
            self._say(room, person, text, request)
        else:
            outcome = refusal.msg_id or "ignored"
            self._state.note_message(person.login, room, text, outcome)
            if refusal.closes_connection:
                self._session.wire.close("message limit")
            elif refusal.msg_id:
                self._session.notice(room, refusal.text, {"msg-id": refusal.msg_id})

    def _refusal(self, room: Room, person: Person, text: str) -> Refusal | None:
        token = self._session.token
        if token is not None and "chat:edit" not in token.scopes:
            return Refusal(msg_id="no_permission", text=notice_text("no_permission"))
        command = removed_command(text)
        if command is not None:
            wording = notice_text("unrecognized_cmd", command=command)
            return Refusal(msg_id="unrecognized_cmd", text=wording)
        return self._session.server.rules.judge(room, person, text)

    def _say(self, room: Room, person: Person, text: str, request: Request) -> None:
        reply_to = request.tags.get("reply-parent-msg-id", "")
        nonce = request.tags.get("client-nonce")
        said = self._session.server.rooms.say(
            room,
            person,
            text[4:] if text.startswith(_ME) else text,
            action=text.startswith(_ME),
            reply_to=reply_to,
            extra={"client-nonce": nonce} if nonce else {},
            exclude=self._session,
        )
        login = person.login
        self._state.note_message(login, room, text, "accepted", said=said, reply_to=reply_to)
        tags = userstate_tags(room, person)
        if self._state.settings.quirks.userstate_has_id:
            tags["id"] = said.message_id
        self._session.tell("USERSTATE", room, tags)
