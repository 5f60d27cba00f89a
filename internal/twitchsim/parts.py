"""The parts of one simulated Twitch, wired together."""

from dataclasses import dataclass

from twitchsim.irc.server import IrcServer
from twitchsim.moderation import Moderation
from twitchsim.rooms import Rooms
from twitchsim.sending import SendRules
from twitchsim.settings import SimSettings
from twitchsim.state import SimState


@dataclass(frozen=True, slots=True, kw_only=True)
class SimParts:
    """What Helix, OAuth and the verbs act upon."""

    state: SimState
    rooms: Rooms
    rules: SendRules
    irc: IrcServer
    moderation: Moderation


def assemble(settings: SimSettings, seed: int) -> SimParts:
    """Build the parts; nothing listens yet."""
    state = SimState(settings, seed)
    rooms, rules = Rooms(state), SendRules(state)
    irc = IrcServer(state, rooms, rules)
    moderation = Moderation(state, rooms, irc)
    return SimParts(state=state, rooms=rooms, rules=rules, irc=irc, moderation=moderation)
