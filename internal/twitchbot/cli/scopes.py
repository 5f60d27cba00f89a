"""What each scope of a token allows, in one sentence."""

from __future__ import annotations

_MEANINGS = {
    "chat:read": "Read chat.",
    "chat:edit": "Write in chat.",
    "user:read:chat": "Read chat over EventSub.",
    "user:write:chat": "Write in chat over the web API.",
    "user:bot": "Appear in chat as a bot.",
    "channel:bot": "Let bots act in the own channel.",
    "user:manage:chat_color": "Change the colour of the own name.",
    "user:manage:whispers": "Read and send whispers.",
    "user:read:moderated_channels": "See where the account is a moderator.",
    "moderator:read:chatters": "See who is in chat, where the account is a moderator.",
    "moderator:read:followers": "See who follows, where the account is a moderator.",
    "moderator:manage:announcements": "Post announcements, where the account is a moderator.",
    "moderator:manage:banned_users": "Ban and time out, where the account is a moderator.",
    "moderator:manage:chat_messages": "Delete messages, where the account is a moderator.",
    "moderator:manage:shoutouts": "Give shoutouts, where the account is a moderator.",
    "moderator:manage:warnings": "Warn people, where the account is a moderator.",
    "moderation:read": "See moderators and bans of the own channel.",
    "channel:read:vips": "See the VIPs of the own channel.",
    "channel:manage:vips": "Add and remove VIPs of the own channel.",
    "channel:manage:moderators": "Add and remove moderators of the own channel.",
    "channel:manage:broadcast": "Change title and category of the own channel.",
    "clips:edit": "Make clips.",
}


def meaning_of(scope: str) -> str:
    """Return what a scope allows; for one that is not known here, where to look."""
    return _MEANINGS.get(scope, "See Twitch's list of scopes.")
