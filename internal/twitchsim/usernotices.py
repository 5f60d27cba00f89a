"""The kinds of USERNOTICE with their usual params and system messages.

In a text ``{name}`` stands for the sender's display name, ``{channel}`` for the channel's.
"""

from dataclasses import dataclass, field

from twitchsim.lines import Tags
from twitchsim.room import Person, Room

# The origin-id of all single gifts of the past: the SHA-1 of nothing.
EMPTY_ORIGIN = "da 39 a3 ee 5e 6b 4b 0d 32 55 bf ef 95 60 18 90 af d8 07 09"
ANONYMOUS_GIFTER = ("ananonymousgifter", "274598607")
TIERS = {"Prime": "Twitch Prime", "1000": "Tier 1", "2000": "Tier 2", "3000": "Tier 3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """What a kind carries unless the caller says otherwise."""

    system: str = ""
    params: Tags = field(default_factory=dict)


_SUB = {
    "cumulative-months": "1",
    "months": "0",
    "should-share-streak": "0",
    "sub-plan": "1000",
    "sub-plan-name": "Channel Subscription ({channel})",
    "multimonth-duration": "1",
    "multimonth-tenure": "0",
    "was-gifted": "false",
}
_GIFT = {
    "sub-plan": "1000",
    "sub-plan-name": "Channel Subscription ({channel})",
    "gift-months": "1",
    "months": "1",
    "sender-count": "1",
    "origin-id": EMPTY_ORIGIN,
    "recipient-id": "3002",
    "recipient-user-name": "viewer2",
    "recipient-display-name": "Viewer2",
    "fun-string": "FunStringOne",
}
_BOMB = {"mass-gift-count": "1", "origin-id": EMPTY_ORIGIN, "sender-count": "1", "sub-plan": "1000"}
_PROMO = {"promo-name": "Subtember", "promo-gift-total": "4003"}
_PRIOR = {
    "prior-gifter-id": "3002",
    "prior-gifter-user-name": "viewer2",
    "prior-gifter-display-name": "Viewer2",
    "prior-gifter-anonymous": "false",
}
_RECIPIENT = {
    "recipient-id": "3001",
    "recipient-user-name": "viewer1",
    "recipient-display-name": "Viewer1",
}

KINDS: dict[str, NoticeKind] = {
    "sub": NoticeKind(system="{name} subscribed at Tier 1.", params=_SUB),
    "resub": NoticeKind(
        system="{name} subscribed at Tier 1. They've subscribed for 2 months!",
        params=_SUB | {"cumulative-months": "2"},
    ),
    "subgift": NoticeKind(system="{name} gifted a Tier 1 sub to Viewer2!", params=_GIFT),
    "anonsubgift": NoticeKind(
        system="An anonymous user gifted a Tier 1 sub to Viewer2!", params=_GIFT
    ),
    "submysterygift": NoticeKind(
        system="{name} is gifting 1 Tier 1 Subs to {channel}'s community!", params=_BOMB
    ),
    "anonsubmysterygift": NoticeKind(
        system="An anonymous user is gifting 1 Tier 1 Subs to {channel}'s community!", params=_BOMB
    ),
    "giftpaidupgrade": NoticeKind(
        system="{name} is continuing the Gift Sub they got from Viewer2!",
        params={"sender-login": "viewer2", "sender-name": "Viewer2", **_PROMO},
    ),
    "anongiftpaidupgrade": NoticeKind(
        system="{name} is continuing the Gift Sub they got from an anonymous user!", params=_PROMO
    ),
    "primepaidupgrade": NoticeKind(
        system="{name} converted from a Prime sub to a Tier 1 sub!", params={"sub-plan": "1000"}
    ),
    "rewardgift": NoticeKind(
        system="{name}'s Cheer shared rewards to 35 others in Chat!",
        params={
            "domain": "megacommerce",
            "trigger-type": "CHEER",
            "trigger-amount": "1000",
            "selected-count": "35",
            "total-reward-count": "35",
        },
    ),
    "communitypayforward": NoticeKind(
        system="{name} is paying forward the Gift they got from Viewer2 to the community!",
        params=_PRIOR,
    ),
    "standardpayforward": NoticeKind(
        system="{name} is paying forward the Gift they got from Viewer2 to Viewer1!",
        params=_PRIOR | _RECIPIENT,
    ),
    "raid": NoticeKind(
        system="1 raiders from {name} have joined!",
        params={
            "displayName": "{name}",
            "login": "{login}",
            "viewerCount": "1",
            "profileImageURL": "https://static-cdn.jtvnw.net/{login}-70x70.png",
        },
    ),
    "unraid": NoticeKind(system="The raid has been canceled."),
    "ritual": NoticeKind(
        system="@{name} is new here. Say hello!", params={"ritual-name": "new_chatter"}
    ),
    "bitsbadgetier": NoticeKind(
        system="{name} just earned a new 1K Bits badge!", params={"threshold": "1000"}
    ),
    "announcement": NoticeKind(params={"color": "PRIMARY"}),
    "viewermilestone": NoticeKind(
        system="{name} watched 15 consecutive streams and sparked a watch streak!",
        params={
            "category": "watch-streak",
            "value": "15",
            "id": "8f04affa-0000-4000-8000-000000000019",
            "copoReward": "450",
        },
    ),
    "modiversary": NoticeKind(
        system="{name} has been a moderator for 12 months!", params={"months": "12"}
    ),
    "socialsharingbadge": NoticeKind(
        system="{name} earned a social sharing badge!", params={"current-badge-level": "1"}
    ),
    "extendsub": NoticeKind(system="{name} extended their Tier 1 subscription!"),
    "charitydonation": NoticeKind(system="{name} donated to support a charity!"),
    "primecommunitygiftreceived": NoticeKind(system="A viewer was gifted a game by {name}!"),
}


def build(
    kind: str, room: Room, person: Person, params: Tags | None = None, system: str | None = None
) -> Tags:
    """Return the tags msg-id, system-msg and msg-param-* of a kind, known or not."""
    known = KINDS.get(kind, NoticeKind())
    words = {
        "name": person.display_name,
        "login": person.login,
        "channel": room.owner.display_name,
    }
    usual = {name: value.format(**words) for name, value in known.params.items()}
    tags = {f"msg-param-{name}": value for name, value in {**usual, **(params or {})}.items()}
    tags["msg-id"] = kind
    tags["system-msg"] = known.system.format(**words) if system is None else system
    return tags


def announcement(color: str) -> Tags:
    """Return the tags of an announcement."""
    return {"msg-id": "announcement", "msg-param-color": color, "system-msg": ""}
