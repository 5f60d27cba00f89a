"""What is said in rooms: builds the lines, numbers them and hands them to whoever is there."""

from collections.abc import Mapping
from dataclasses import dataclass

from twitchsim.author import author_tags, badge_tags
from twitchsim.emotes import emote_tag, is_emote_only
from twitchsim.ledger import LineKind
from twitchsim.lines import SERVER, Tags, line, prefix_of
from twitchsim.room import Member, Person, Room, Said
from twitchsim.state import SimState

ExtraTags = Mapping[str, str | None]
_NO_TAGS: ExtraTags = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    kind: LineKind
    room: Room
    person: Person
    text: str
    tags: Tags
    extra: ExtraTags
    action: bool = False
    parent: Said | None = None

    def line(self, tags: Tags, shuffle: bool) -> bytes:
        channel = f"#{self.room.login}"
        if self.kind is LineKind.USERNOTICE:
            text = self.text or None
            return line(SERVER, "USERNOTICE", channel, trailing=text, tags=tags, shuffle=shuffle)
        text = f"\x01ACTION {self.text}\x01" if self.action else self.text
        prefix = prefix_of(self.person.login)
        return line(prefix, "PRIVMSG", channel, trailing=text, tags=tags, shuffle=shuffle)


class Rooms:
    """Speaks in rooms; every line passes through here on its way to the connections."""

    def __init__(self, state: SimState) -> None:
        self._state = state

    def deliver(
        self, room: Room, kind: LineKind, data: bytes, seq: int, *, exclude: Member | None = None
    ) -> None:
        """Offer a numbered line to every connection in the room but one."""
        for member in list(room.members):
            if member is not exclude:
                member.offer(kind, data, seq)

    def send(self, room: Room, kind: LineKind, data: bytes, *, text: str, sent_ts: int) -> int:
        """Number a finished line and offer it to the room."""
        encoded = text.encode("utf-8", "replace")
        seq = self._state.ledger.record(kind, room.number, sent_ts, encoded)
        self.deliver(room, kind, data, seq)
        return seq

    def raw(self, room: Room, data: bytes) -> int:
        """Offer bytes as they are to everyone in the room, as one numbered line."""
        now_ms = self._state.clock.now_ms()
        seq = self._state.ledger.record(LineKind.RAW, room.number, now_ms, data)
        self.deliver(room, LineKind.RAW, data, seq)
        return seq

    def say(
        self,
        room: Room,
        person: Person,
        text: str,
        *,
        action: bool = False,
        reply_to: str | None = None,
        extra: ExtraTags = _NO_TAGS,
        exclude: Member | None = None,
    ) -> Said:
        """Say something in a room, and in the rooms that share its chat.

        A tag in ``extra`` replaces the computed one; None leaves the tag out.
        """
        parent = room.recent.get(reply_to or "")
        if parent is not None:
            text = f"@{parent.user.display_name} {text}"
        draft = _Draft(
            kind=LineKind.PRIVMSG,
            room=room,
            person=person,
            text=text,
            tags=author_tags(room, person) | _message_tags(text) | _reply_tags(parent),
            extra=extra,
            action=action,
            parent=parent,
        )
        said = self._publish(draft, exclude)
        for partner, source in self._partners(room, said):
            copy = author_tags(partner, person) | _message_tags(text) | source
            self._publish(_copy(draft, partner, copy), None)
        return said

    def usernotice(
        self, room: Room, person: Person, tags: Tags, text: str = "", extra: ExtraTags = _NO_TAGS
    ) -> Said:
        """Send a USERNOTICE; ``tags`` holds msg-id, system-msg and the msg-params."""
        draft = _Draft(
            kind=LineKind.USERNOTICE,
            room=room,
            person=person,
            text=text,
            tags=_notice_author(room, person) | {"emotes": emote_tag(text), "flags": ""} | tags,
            extra=extra,
        )
        said = self._publish(draft, None)
        shared = {"msg-id": "sharedchatnotice", "source-msg-id": tags["msg-id"]}
        for partner, source in self._partners(room, said):
            copy = draft.tags | _notice_author(partner, person) | shared | source
            self._publish(_copy(draft, partner, copy), None)
        return said

    def repeat(self, room: Room, message_id: str) -> int:
        """Offer a message once more with the same id."""
        said = room.recent[message_id]
        ledger = self._state.ledger
        text = said.text.encode("utf-8", "replace")
        seq = ledger.record(LineKind.PRIVMSG, room.number, said.sent_ts, text)
        ledger.set_message_id(seq, message_id)
        self.deliver(room, LineKind.PRIVMSG, said.data, seq)
        return seq

    def _publish(self, draft: _Draft, exclude: Member | None) -> Said:
        said = self._build(draft)
        if draft.kind is LineKind.PRIVMSG and said.message_id:
            draft.room.remember(said)
        self.deliver(draft.room, draft.kind, said.data, said.seq, exclude=exclude)
        return said

    def _build(self, draft: _Draft) -> Said:
        room, person, ledger = draft.room, draft.person, self._state.ledger
        given_ts = draft.extra.get("tmi-sent-ts") or ""
        sent_ts = int(given_ts) if given_ts.isdecimal() else self._state.clock.now_ms()
        encoded = draft.text.encode("utf-8", "replace")
        seq = ledger.record(draft.kind, room.number, sent_ts, encoded)
        message_id = ledger.new_message_id(seq)
        if "id" in draft.extra:
            message_id = draft.extra["id"] or ""
            ledger.set_message_id(seq, draft.extra["id"])
        tags = draft.tags | {
            "id": message_id,
            "room-id": room.room_id,
            "tmi-sent-ts": str(sent_ts),
        }
        if room.shared is not None and "source-id" not in tags:
            tags |= _source_tags(room, person, message_id)
        merged: dict[str, str | None] = {**tags, **draft.extra}
        tags = {name: value for name, value in merged.items() if value is not None}
        return Said(
            seq=seq,
            message_id=message_id,
            room_id=room.room_id,
            user=person,
            text=draft.text,
            sent_ts=sent_ts,
            data=draft.line(tags, self._state.settings.quirks.shuffle_tags),
            thread_id=draft.parent.thread_id if draft.parent else message_id,
            thread_user=draft.parent.thread_user if draft.parent else person,
        )

    def _partners(self, room: Room, said: Said) -> list[tuple[Room, Tags]]:
        if room.shared is None:
            return []
        source = _source_tags(room, said.user, said.message_id)
        return [(partner, source) for partner in room.shared.rooms if partner is not room]


def _copy(draft: _Draft, partner: Room, tags: Tags) -> _Draft:
    own = {name: value for name, value in draft.extra.items() if name not in ("id", "tmi-sent-ts")}
    return _Draft(
        kind=draft.kind,
        room=partner,
        person=draft.person,
        text=draft.text,
        tags=tags,
        extra=own,
        action=draft.action,
    )


def _notice_author(room: Room, person: Person) -> Tags:
    is_vip = str(int(person.user_id in room.vips))
    return author_tags(room, person) | {"login": person.login, "vip": is_vip}


def _message_tags(text: str) -> Tags:
    tags = {"emotes": emote_tag(text), "first-msg": "0", "flags": "", "returning-chatter": "0"}
    if is_emote_only(text):
        tags["emote-only"] = "1"
    return tags


def _source_tags(room: Room, person: Person, message_id: str) -> Tags:
    badges = badge_tags(room, person)
    return {
        "source-id": message_id,
        "source-room-id": room.room_id,
        "source-badges": badges["badges"],
        "source-badge-info": badges["badge-info"],
        "source-only": "0",
    }


def _reply_tags(parent: Said | None) -> Tags:
    if parent is None:
        return {}
    return {
        "reply-parent-display-name": parent.user.display_name,
        "reply-parent-msg-body": parent.text,
        "reply-parent-msg-id": parent.message_id,
        "reply-parent-user-id": parent.user.user_id,
        "reply-parent-user-login": parent.user.login,
        "reply-thread-parent-display-name": parent.thread_user.display_name,
        "reply-thread-parent-msg-id": parent.thread_id,
        "reply-thread-parent-user-id": parent.thread_user.user_id,
        "reply-thread-parent-user-login": parent.thread_user.login,
    }
