"""What all servers of one simulated Twitch share."""

import random
from collections import Counter, deque
from dataclasses import dataclass

from twitchsim.clock import Clock
from twitchsim.faults import Faults
from twitchsim.ledger import Ledger
from twitchsim.limits import LimitBook
from twitchsim.room import Room, Said
from twitchsim.settings import SimSettings
from twitchsim.tokens import TokenStore
from twitchsim.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMessage:
    """A message that a client tried to send; ``outcome`` is ``accepted`` or why it was not."""

    at: float
    login: str
    channel: str
    text: str
    outcome: str
    message_id: str = ""
    reply_to: str = ""


class SimState:
    """The settings, the world and the books kept about it."""

    def __init__(self, settings: SimSettings, seed: int) -> None:
        self.settings = settings
        self.seed = seed
        self.random = random.Random(seed)
        self.clock = Clock()
        self.world = World()
        self.ledger = Ledger()
        self.tokens = TokenStore(self.clock)
        self.limits = LimitBook(self.clock)
        self.faults = Faults()
        self.counts: Counter[str] = Counter()
        self.cooldowns: dict[str, float] = {}
        self.client_messages: deque[ClientMessage] = deque(maxlen=10_000)

    def note_message(
        self,
        login: str,
        room: Room,
        text: str,
        outcome: str,
        *,
        said: Said | None = None,
        reply_to: str = "",
    ) -> None:
        """Note what a client tried to send."""
        self.client_messages.append(
            ClientMessage(
                at=self.clock.now(),
                login=login,
                channel=room.login,
                text=text,
                outcome=outcome,
                message_id=said.message_id if said is not None else "",
                reply_to=reply_to,
            )
        )
