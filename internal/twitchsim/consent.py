"""People who are asked for consent: device codes and authorization codes under way."""

import string
from dataclasses import dataclass, field
from enum import Enum

from twitchsim.clock import Clock
from twitchsim.tokens import random_text

_LETTERS = string.ascii_letters + string.digits


class Decision(Enum):
    """What the person did with a device code."""

    PENDING = "pending"
    GRANTED = "granted"
    DENIED = "denied"


@dataclass(slots=True, kw_only=True)
class DeviceCode:
    """A device login under way."""

    device_code: str = field(repr=False)
    user_code: str
    client_id: str
    scopes: frozenset[str]
    expires_at: float
    spurious_errors_left: int
    user_id: str = ""
    decision: Decision = Decision.PENDING
    polled_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationCode:
    """A code that a browser carries back to the application."""

    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    user_id: str


class Consent:
    """Codes under way, and who says yes without being asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.auto_login = ""
        self.denies = False
        self.devices: dict[str, DeviceCode] = {}
        self._codes: dict[str, AuthorizationCode] = {}

    def start_device(
        self, client_id: str, scopes: frozenset[str], lifetime_s: float, spurious_errors: int
    ) -> DeviceCode:
        """Make the codes of a new device login."""
        device = DeviceCode(
            device_code=random_text(40, _LETTERS),
            user_code=random_text(8, string.ascii_uppercase),
            client_id=client_id,
            scopes=scopes,
            expires_at=self._clock.now() + lifetime_s,
            spurious_errors_left=spurious_errors,
        )
        self.devices[device.device_code] = device
        return device

    def by_user_code(self, user_code: str) -> DeviceCode:
        """Return the login that shows this code; LookupError for an unknown one."""
        for device in self.devices.values():
            if device.user_code == user_code.upper():
                return device
        raise LookupError("unknown user code")

    def issue_code(self, code: AuthorizationCode) -> str:
        """Make an authorization code for its single use."""
        value = random_text(30)
        self._codes[value] = code
        return value

    def redeem(self, value: str) -> AuthorizationCode | None:
        """Take an authorization code."""
        return self._codes.pop(value, None)
