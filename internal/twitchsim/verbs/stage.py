"""What all verbs act upon."""

from twitchsim.consent import Consent
from twitchsim.helix.app import Helix
from twitchsim.parts import SimParts
from twitchsim.room import Room
from twitchsim.state import SimState


class Stage:
    """Gives the verbs the simulator's parts."""

    parts: SimParts
    consent: Consent
    helix: Helix

    @property
    def state(self) -> SimState:
        """Return what the simulator's servers share."""
        return self.parts.state

    def room(self, channel: str) -> Room:
        """Return the room of a channel; LookupError for an unknown one."""
        return self.state.world.room(channel)
