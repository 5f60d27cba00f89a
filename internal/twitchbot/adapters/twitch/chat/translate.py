"""From Twitch's words to ours: a PRIVMSG line becomes a chat message.

Whatever a hostile line can hold is made harmless here, because messages end up in rows and pages:
what is no badge, colour or emote position is dropped, overlong names are cut, and an absent or
overlong message id is replaced by a hash, so that the same line read again is the same message.
"""

from __future__ import annotations

from twitchbot.adapters.twitch.chat.parser import decode, parse_privmsg
from twitchbot.adapters.twitch.chat.sanity import (
    MAX_MESSAGE_ID,
    bounded_id,
    read_badges,
    sane_badge_info,
    sane_bits,
    sane_color,
    sane_emotes,
    substitute_id,
)
from twitchbot.adapters.twitch.chat.tags import telling_tags, unescape
from twitchbot.domain.message import NO_TAGS, ChatMessage
from twitchbot.domain.platforms import TWITCH

MAX_USER_ID = 32
MAX_NAME = 64

_DAY_MS = 86_400_000
_EARLIEST_MS = 1_104_537_600_000  # 2005, before there was a Twitch
_ACTION = "\x01ACTION "


def translate(raw: bytes, received_us: int) -> ChatMessage | None:
    """Return the message of a line; None if it is no PRIVMSG to a channel or has no text."""
    line = decode(raw)
    parts = parse_privmsg(line)
    if parts is None:
        return None
    (
        badge_info, badges, nonce, gap1, color, gap2, display_name, gap3, emotes, gap4,
        message_id, mod, gap5, room_id, gap6, subscriber, sent_ts, user_id, gap7,
        nick, channel, text,
    ) = parts  # fmt: skip
    if "\\" in line:
        badge_info, nonce, display_name = map(unescape, (badge_info, nonce, display_name))
    message = _blank_message()
    message.channel = channel
    message.channel_id = room_id if len(room_id) <= MAX_USER_ID else ""
    message.user_id = user_id if len(user_id) <= MAX_USER_ID else ""
    message.username = nick if len(nick) <= MAX_NAME else nick[:MAX_NAME]
    message.display_name = (display_name or nick)[:MAX_NAME]
    message.badges, roles = read_badges(badges)
    message.is_broadcaster, message.is_lead_moderator, is_moderator, message.is_vip, is_sub = roles
    message.is_moderator = is_moderator or mod == "1"
    message.is_subscriber = is_sub or subscriber == "1"
    message.badge_info = badge_info and sane_badge_info(badge_info)
    message.color = color and sane_color(color)
    message.emotes = emotes and sane_emotes(emotes)
    message.text = text
    if text[0] == "\x01":
        _unwrap(message, text)
    message.received_us = received_us
    _set_time(message, sent_ts)
    message.message_id = message_id
    if not 0 < len(message_id) <= MAX_MESSAGE_ID:
        message.message_id = bounded_id(message_id) or substitute_id(message)
    message.tags = {"client-nonce": nonce} if nonce else NO_TAGS
    if gap1 or gap2 or gap3 or gap4 or gap5 or gap6 or gap7:
        _set_rare(message, telling_tags(gap1 + gap2 + gap3 + gap4 + gap5 + gap6 + gap7))
    return message


def _blank_message() -> ChatMessage:
    """Return a message with what few messages have unset, and the rest missing.

    Fields are set one by one: passing so many to the constructor takes as long as all the rest.
    """
    message = ChatMessage.__new__(ChatMessage)
    message.platform = TWITCH
    message.is_action = False
    message.bits = 0
    message.reply_parent_message_id = ""
    message.reply_thread_message_id = ""
    message.source_channel_id = ""
    message.source_message_id = ""
    return message


def _unwrap(message: ChatMessage, text: str) -> None:
    """Take the text out of an ACTION, whose end may be missing, or of any other CTCP."""
    message.is_action = text.startswith(_ACTION)
    message.text = text.removeprefix(_ACTION).strip("\x01")


def _set_time(message: ChatMessage, sent_ts: str) -> None:
    """Set when it was sent: our own time where Twitch's is missing or can't be."""
    received_ms = message.received_us // 1000
    try:
        message.sent_ms = int(sent_ts)
    except ValueError:
        message.sent_ms = 0
    message.sent_ms_estimated = not _EARLIEST_MS <= message.sent_ms <= received_ms + _DAY_MS
    if message.sent_ms_estimated:
        message.sent_ms = received_ms


def _set_rare(message: ChatMessage, tags: dict[str, str]) -> None:
    """Set what few messages have; what has no field stays a tag."""
    take = tags.pop
    if take("vip", ""):
        message.is_vip = True
    message.bits = sane_bits(take("bits", ""))
    message.reply_parent_message_id = bounded_id(take("reply-parent-msg-id", ""))
    message.reply_thread_message_id = bounded_id(take("reply-thread-parent-msg-id", ""))
    source_room, source_id = take("source-room-id", ""), take("source-id", "")
    if source_room and source_room != message.channel_id:
        message.source_channel_id = source_room[:MAX_USER_ID]
        message.source_message_id = bounded_id(source_id)
    if tags:
        message.tags = {**message.tags, **tags}
