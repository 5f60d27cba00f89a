"""Channels: how they come, go live, change and vanish."""

from twitchsim.room import Room, Stream
from twitchsim.verbs.stage import Stage


class ChannelVerbs(Stage):
    """Make channels and their streams."""

    _last_stream_id = 0

    def add_channel(
        self,
        login: str,
        *,
        room_id: str | None = None,
        live: bool = False,
        title: str = "",
        game: str = "",
        viewers: int = 0,
        display_name: str = "",
    ) -> Room:
        """Make a channel; called again it returns the same one."""
        world = self.state.world
        person = world.person(login, user_id=room_id, display_name=display_name)
        person.broadcaster_type = person.broadcaster_type or "affiliate"
        room = world.open_room(person)
        self.set_title(login, title=title, game=game)
        if live:
            self.go_live(login, viewers=viewers)
        return room

    def set_title(self, channel: str, *, title: str = "", game: str = "") -> None:
        """Change title and category; what is empty stays."""
        room = self.room(channel)
        room.title = title or room.title
        if game:
            room.game = self.state.world.game(game)

    def go_live(self, channel: str, title: str = "", game: str = "", *, viewers: int = 1) -> Stream:
        """Start a stream with an id of its own."""
        room = self.room(channel)
        self.set_title(channel, title=title, game=game)
        now = self.state.clock.now()
        self._last_stream_id = max(self._last_stream_id + 1, int(now * 1000))
        stream = Stream(stream_id=str(self._last_stream_id), started_at=now, viewers=viewers)
        room.stream = stream
        room.list_stream(stream, now + self.state.settings.times.stream_lag_s)
        return stream

    def go_offline(self, channel: str) -> None:
        """End a stream."""
        room = self.room(channel)
        room.stream = None
        now = self.state.clock.now()
        room.list_stream(None, now + self.state.settings.times.stream_lag_s)

    def flap(self, channel: str) -> Stream:
        """Drop a stream from the lists and start it again under a new id."""
        viewers = self.set_viewers(channel)
        self.go_offline(channel)
        return self.go_live(channel, viewers=viewers)

    def set_viewers(self, channel: str, viewers: int | None = None) -> int:
        """Set (or just return) how many watch; 0 for an offline channel."""
        stream = self.room(channel).stream
        if stream is None:
            return 0
        if viewers is not None:
            stream.viewers = viewers
        return stream.viewers

    def suspend(self, channel: str) -> None:
        """Suspend a user: the channel refuses JOINs and is absent from Helix."""
        self.room(channel).owner.suspended = True

    def reinstate(self, channel: str) -> None:
        """Lift a suspension."""
        self.room(channel).owner.suspended = False

    def silent(self, channel: str, is_silent: bool = True) -> None:
        """Let JOINs to a channel go unanswered, as for a channel that does not exist."""
        self.room(channel).silent = is_silent

    def rename(self, old: str, new: str) -> None:
        """Rename a user; clients in the room hear nothing any more."""
        self.state.world.rename(old.lower(), new.lower())

    def arrive(self, channel: str, user: str) -> None:
        """Add a chatter; clients with the membership capability hear a JOIN."""
        self.parts.irc.membership.arrive(self.room(channel), self.state.world.person(user))

    def leave(self, channel: str, user: str) -> None:
        """Remove a chatter."""
        self.parts.irc.membership.leave(self.room(channel), self.state.world.person(user))

    def give_role(self, channel: str, user: str, role: str, months: int = 1) -> None:
        """Make somebody a moderator, lead_moderator, vip, subscriber, follower or viewer."""
        room, person = self.room(channel), self.state.world.person(user)
        if role in ("moderator", "lead_moderator"):
            room.moderators[person.user_id] = person
        if role == "lead_moderator":
            room.lead_moderators.add(person.user_id)
        if role == "vip":
            room.vips[person.user_id] = person
        if role == "subscriber":
            room.subscribers[person.user_id] = months
        if role == "follower":
            room.followers[person.user_id] = self.state.clock.now() - months * 2_592_000
        if role == "viewer":
            room.moderators.pop(person.user_id, None)
            room.vips.pop(person.user_id, None)
            room.subscribers.pop(person.user_id, None)
            room.lead_moderators.discard(person.user_id)
