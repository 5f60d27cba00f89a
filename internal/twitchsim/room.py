"""A person, a chat room with its modes and roles, and what was said in it."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Protocol

from twitchsim.ledger import LineKind


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """A Twitch user."""

    user_id: str
    login: str
    display_name: str
    color: str = ""
    created_at: float = 1_481_747_548.0
    broadcaster_type: str = ""
    user_type: str = ""
    description: str = ""
    email: str = ""
    badges: dict[str, str] = field(default_factory=dict)
    turbo: bool = False
    suspended: bool = False
    verified_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomModes:
    """Who may speak; ``followers_only`` is -1 or minutes, ``slow`` is seconds."""

    emote_only: bool = False
    followers_only: int = -1
    r9k: bool = False
    slow: int = 0
    subs_only: bool = False

    def tags(self) -> dict[str, str]:
        """Return the modes as ROOMSTATE tags."""
        return {
            "emote-only": str(int(self.emote_only)),
            "followers-only": str(self.followers_only),
            "r9k": str(int(self.r9k)),
            "slow": str(self.slow),
            "subs-only": str(int(self.subs_only)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """A ban, or a timeout when ``until`` is set (epoch seconds)."""

    until: float | None
    created_at: float
    reason: str = ""
    moderator_id: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Stream:
    """A live session."""

    stream_id: str
    started_at: float
    viewers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A category."""

    game_id: str
    name: str
    igdb_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message or notice that stands in a room; ``data`` is its line with all tags."""

    seq: int
    message_id: str
    room_id: str
    user: Person
    text: str
    sent_ts: int
    data: bytes
    thread_id: str
    thread_user: Person


class Member(Protocol):
    """A connection that has joined a room."""

    person: Person | None

    def offer(self, kind: LineKind, data: bytes, seq: int) -> None:
        """Take a numbered line of the room."""

    def hear_membership(self, data: bytes) -> None:
        """Take a batch of JOINs and PARTs of others."""


class SharedChat:
    """A shared chat session: rooms that see each other's messages."""

    def __init__(
        self, session_id: str, host: "Room", rooms: list["Room"], created_at: float
    ) -> None:
        self.session_id = session_id
        self.host = host
        self.rooms = rooms
        self.created_at = created_at


class Room:
    """A channel: its chat room and what Helix knows about it."""

    remembered_messages = 500

    def __init__(self, owner: Person) -> None:
        self.owner = owner
        self.number = int(owner.user_id)
        self.modes = RoomModes()
        self.moderators: dict[str, Person] = {}
        self.lead_moderators: set[str] = set()
        self.vips: dict[str, Person] = {}
        self.subscribers: dict[str, int] = {}
        self.followers: dict[str, float] = {}
        self.bans: dict[str, Ban] = {}
        self.chatters: dict[str, tuple[Person, float]] = {}
        self.members: dict[Member, None] = {}
        self.recent: OrderedDict[str, Said] = OrderedDict()
        self.unique_texts: OrderedDict[str, None] = OrderedDict()
        self.title = ""
        self.game: Game | None = None
        self.language = "en"
        self.tags: list[str] = ["English"]
        self.labels: list[str] = []
        self.branded = False
        self.delay_s = 0
        self.stream: Stream | None = None
        self.listed_streams: list[tuple[float, Stream | None]] = []
        self.silent = False
        self.clippable = True
        self.bot_allowed = False
        self.shared: SharedChat | None = None

    @property
    def login(self) -> str:
        """Return the channel's present name."""
        return self.owner.login

    @property
    def room_id(self) -> str:
        """Return the channel id, which is its owner's user id."""
        return self.owner.user_id

    def listed_stream(self, now: float) -> Stream | None:
        """Return the stream as Helix shows it, behind reality by the configured lag."""
        visible = [stream for at, stream in self.listed_streams if at <= now]
        return visible[-1] if visible else None

    def list_stream(self, stream: Stream | None, visible_at: float) -> None:
        """Let Helix show this stream (or none) from a moment on."""
        self.listed_streams = [*self.listed_streams[-3:], (visible_at, stream)]

    def privileged(self, user_id: str) -> bool:
        """Tell whether the user is exempt from slow mode and the duplicate rule."""
        return self.moderated_by(user_id) or user_id in self.vips

    def moderated_by(self, user_id: str) -> bool:
        """Tell whether the user is the broadcaster or a moderator."""
        return user_id == self.room_id or user_id in self.moderators

    def active_ban(self, user_id: str, now: float) -> Ban | None:
        """Return the ban or running timeout of a user."""
        ban = self.bans.get(user_id)
        if ban is not None and ban.until is not None and ban.until <= now:
            del self.bans[user_id]
            return None
        return ban

    def remember(self, said: Said) -> None:
        """Keep a message for replies and deletion; the oldest ones are forgotten."""
        self.recent[said.message_id] = said
        if len(self.recent) > self.remembered_messages:
            self.recent.popitem(last=False)
