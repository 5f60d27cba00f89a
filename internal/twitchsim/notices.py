"""The texts of NOTICEs by their msg-id."""

_SUBS_ONLY = (
    "This room is in subscribers only mode. To talk, purchase a channel subscription at "
    "https://www.twitch.tv/products/{channel}/ticket?ref=subscriber_only_mode_chat."
)
_DUPLICATE = (
    "Your message was not sent because it is identical to the previous one you sent, "
    "less than 30 seconds ago."
)
_SLOW = (
    "This room is in slow mode and you are sending messages too quickly. "
    "You will be able to talk again in {n} seconds."
)
_EMOTE_ONLY = (
    "This room is in emote-only mode. You can find your currently available emoticons using "
    "the smiley in the chat text area."
)
_FOLLOWED = (
    "This room is in {d} followers-only mode. You have been following for {d2}. "
    "Continue following to chat!"
)
_UNIQUE = "This room is in unique-chat mode and the message you attempted to send is not unique."
_PHONE = (
    "A verified phone number is required to chat in this channel. Please visit "
    "https://www.twitch.tv/settings/security to verify your phone number."
)
_BAD_CHARACTERS = (
    "Your message was not sent because it contained too many characters that could not be "
    "processed. If you believe this is an error, rephrase and try again."
)
_BLOCKED = "Your message was not sent because your account is not in good standing in this channel."
_ALIAS = "Your message was not sent because your email address is banned from this channel."
_TOO_MANY = (
    "You are connected to too many chat channels. Please close some existing chat connections "
    "to join a new chat."
)
_NO_PERMISSION = "You don't have permission to perform that action."

_TEXTS = {
    "msg_banned": "You are permanently banned from talking in {channel}.",
    "msg_timedout": "You are banned from talking in {channel} for {n} more seconds.",
    "msg_timedout_new": "You are timed out for {n} more seconds.",
    "msg_duplicate": _DUPLICATE,
    "msg_ratelimit": ("Your message was not sent because you are sending messages too quickly."),
    "msg_slowmode": _SLOW,
    "msg_subsonly": _SUBS_ONLY,
    "msg_emoteonly": _EMOTE_ONLY,
    "msg_followersonly": (
        "This room is in {d} followers-only mode. Follow {channel} to join the community!"
    ),
    "msg_followersonly_followed": _FOLLOWED,
    "msg_followersonly_zero": (
        "This room is in followers-only mode. Follow {channel} to join the community!"
    ),
    "msg_r9k": _UNIQUE,
    "msg_rejected": "Hey! Your message is being checked by mods and has not been sent.",
    "msg_rejected_mandatory": (
        "Your message wasn't posted due to conflicts with the channel's moderation settings."
    ),
    "msg_requires_verified_phone_number": _PHONE,
    "msg_verified_email": "This room requires a verified email address to chat.",
    "msg_bad_characters": _BAD_CHARACTERS,
    "msg_channel_blocked": _BLOCKED,
    "msg_banned_email_alias": _ALIAS,
    "msg_suspended": _NO_PERMISSION,
    "msg_suspended_old": "Your account has been suspended.",
    "msg_channel_suspended": "This channel does not exist or has been suspended.",
    "msg_channel_suspended_old": "This channel has been suspended.",
    "msg_concurrent_channel_limit_reached": _TOO_MANY,
    "msg_room_not_found": "The room was not found.",
    "no_permission": _NO_PERMISSION,
    "unrecognized_cmd": "Unrecognized command: {command}",
    "unavailable_command": 'Sorry, "{command}" is not available through this client.',
    "invalid_user": "Invalid username: {user}",
    "tos_ban": ("The community has closed channel {channel} due to Terms of Service violations."),
    "emote_only_on": "This room is now in emote-only mode.",
    "emote_only_off": "This room is no longer in emote-only mode.",
    "followers_on": "This room is now in {d} followers-only mode.",
    "followers_on_zero": "This room is now in followers-only mode.",
    "followers_off": "This room is no longer in followers-only mode.",
    "r9k_on": "This room is now in unique-chat mode.",
    "r9k_off": "This room is no longer in unique-chat mode.",
    "slow_on": ("This room is now in slow mode. You may send messages every {n} seconds."),
    "slow_off": "This room is no longer in slow mode.",
    "subs_on": "This room is now in subscribers-only mode.",
    "subs_off": "This room is no longer in subscribers-only mode.",
    "timeout_success": "{user} has been timed out for {n} seconds.",
    "room_mods": "The moderators of this channel are: {users}",
}


def notice_text(msg_id: str, **fields: object) -> str:
    """Return the text for a msg-id, with ``{channel}``, ``{n}`` and the like filled in."""
    return _TEXTS[msg_id].format(**fields)


def spell_minutes(minutes: int) -> str:
    """Spell a span as room modes do: ``10 minutes``, ``1 hour``, ``3 days``."""
    for name, size in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= size and minutes % size == 0:
            count = minutes // size
            return f"{count} {name}" + ("s" if count != 1 else "")
    return "0 minutes"
