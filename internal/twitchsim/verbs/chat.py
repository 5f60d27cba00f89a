"""What is said and what moderators do about it."""

import asyncio
from collections.abc import Iterable

from twitchsim.faults import odd_lines
from twitchsim.notices import notice_text
from twitchsim.room import Person, Said, SharedChat
from twitchsim.rooms import ExtraTags
from twitchsim.verbs.stage import Stage


class ChatVerbs(Stage):
    """Speak and moderate; people who are not known yet come into being."""

    async def say(
        self,
        channel: str,
        user: str,
        text: str,
        *,
        action: bool = False,
        reply_to: str | None = None,
        **tags: str | int | None,
    ) -> Said:
        """Say something and return once it was handed to the sockets.

        ``bits=100`` and the like become tags (``_`` for ``-``); None leaves a tag out.
        """
        said = self.parts.rooms.say(
            self.room(channel),
            self._person(user),
            text,
            action=action,
            reply_to=reply_to,
            extra=_tags(tags),
        )
        await asyncio.sleep(0)
        return said

    def raw(self, channel: str, line: str | bytes, *, end: str = "\r\n") -> int:
        """Send a line as it is to everyone in a room; return its number."""
        data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
        return self.parts.rooms.raw(self.room(channel), data + end.encode())

    def raw_to(self, login: str, line: str, *, end: str = "\r\n") -> int:
        """Send an unnumbered line (a whisper, say) to a login's connections; return how many."""
        sessions = list(self.parts.irc.find(login=login))
        for session in sessions:
            session.wire.write((line + end).encode("utf-8", "surrogatepass"))
        return len(sessions)

    def say_odd(self, channel: str, kind: str) -> int:
        """Send one of the lines that break careless readers; return its number."""
        room = self.room(channel)
        return self.parts.rooms.raw(room, odd_lines(room.login)[kind])

    def repeat(self, channel: str, message_id: str) -> int:
        """Send a message a second time with the same id; return the new number."""
        return self.parts.rooms.repeat(self.room(channel), message_id)

    def ban(self, user: str, channel: str, *, reason: str = "") -> None:
        """Ban somebody; if it is a connected client, it is parted from the room."""
        self.parts.moderation.ban(self.room(channel), self._person(user), reason=reason)

    def unban(self, user: str, channel: str) -> None:
        """Lift a ban or timeout."""
        self.parts.moderation.unban(self.room(channel), self._person(user))

    def timeout(self, user: str, channel: str, seconds: int = 600) -> None:
        """Time somebody out."""
        self.parts.moderation.ban(self.room(channel), self._person(user), duration_s=seconds)

    def delete_message(self, channel: str, message_id: str) -> int:
        """Delete a message; KeyError for one that is not remembered."""
        room = self.room(channel)
        return self.parts.moderation.delete(room, room.recent[message_id])

    def clear_chat(self, channel: str) -> int:
        """Clear a whole chat."""
        return self.parts.moderation.clear_chat(self.room(channel))

    def roomstate(self, channel: str, **modes: bool | int) -> None:
        """Change modes: emote_only, followers_only, r9k, slow, subs_only."""
        self.parts.moderation.change_modes(self.room(channel), **modes)

    def notice(self, channel: str, msg_id: str, text: str = "", **fields: str | int) -> int:
        """Send a NOTICE to everyone in a room, with the known text unless one is given."""
        wording = text or notice_text(msg_id, channel=channel, **fields)
        return self.parts.moderation.notify(self.room(channel), msg_id, wording)

    def share_chat(self, channels: Iterable[str]) -> None:
        """Let channels share their chat; the first one is the host."""
        rooms = [self.room(channel) for channel in channels]
        now = self.state.clock.now()
        session = SharedChat(f"shared-{rooms[0].room_id}-{int(now)}", rooms[0], rooms, now)
        for room in rooms:
            room.shared = session

    def end_shared_chat(self, channel: str) -> None:
        """End a shared chat for all its channels."""
        shared = self.room(channel).shared
        for room in shared.rooms if shared is not None else []:
            room.shared = None

    def _person(self, login: str) -> Person:
        return self.state.world.person(login)


def _tags(tags: dict[str, str | int | None]) -> ExtraTags:
    return {
        name.replace("_", "-"): None if value is None else str(value)
        for name, value in tags.items()
    }
