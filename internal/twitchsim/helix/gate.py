"""What stands before every Helix endpoint: token, client id, points, scopes."""

from starlette.requests import Request

from twitchsim.helix.errors import HelixError
from twitchsim.limits import PointBucket
from twitchsim.room import Person, Room
from twitchsim.state import SimState
from twitchsim.tokens import AccessToken


class Gate:
    """Checks callers and keeps their buckets of points."""

    def __init__(self, state: SimState) -> None:
        self._state = state
        self._buckets: dict[tuple[str, str | None], PointBucket] = {}

    def token(self, request: Request) -> AccessToken:
        """Return the caller's token, or refuse with 401."""
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in ("bearer", "oauth") or not value:
            raise HelixError(401, "OAuth token is missing")
        client_id = request.headers.get("Client-Id", "")
        if not client_id:
            raise HelixError(401, "Client ID is missing")
        token = self._state.tokens.find(value)
        if token is None:
            raise HelixError(401, "Invalid OAuth token")
        if token.client_id != client_id:
            raise HelixError(401, "Client ID and OAuth token do not match")
        return token

    def spend(self, token: AccessToken) -> bool:
        """Take a point from the caller's bucket; False when it is empty."""
        limits = self._state.settings.limits
        now = self._state.clock.monotonic()
        return self.bucket(token).take(now, limits.helix_points, limits.helix_refill_per_minute)

    def bucket(self, token: AccessToken) -> PointBucket:
        """Return the bucket of the token's user, or of the client for app tokens."""
        key = (token.client_id, token.user_id)
        if key not in self._buckets:
            now = self._state.clock.monotonic()
            self._buckets[key] = PointBucket(now, self._state.settings.limits.helix_points)
        return self._buckets[key]

    def headers(self, token: AccessToken) -> dict[str, str]:
        """Return the rate limit headers of an answer to this caller."""
        limits, bucket = self._state.settings.limits, self.bucket(token)
        full_in_s = bucket.full_in_s(limits.helix_points, limits.helix_refill_per_minute)
        return {
            "Ratelimit-Limit": str(limits.helix_points),
            "Ratelimit-Remaining": str(bucket.remaining()),
            "Ratelimit-Reset": str(int(self._state.clock.now() + full_in_s) + 1),
        }

    def drain(self, user_id: str | None) -> None:
        """Empty all buckets of a user (of app tokens for None)."""
        for (_, owner), bucket in self._buckets.items():
            if owner == user_id:
                bucket.drain()


class Caller:
    """The token of a request, its user, and what they may do."""

    def __init__(self, state: SimState, token: AccessToken) -> None:
        self._state = state
        self.token = token

    @property
    def person(self) -> Person:
        """Return the token's user; app tokens are refused."""
        if self.token.user_id is None:
            raise HelixError(401, "incorrect user authorization")
        return self._state.world.people[self.token.user_id]

    def need_scope(self, *any_of: str) -> None:
        """Refuse tokens that have none of the scopes."""
        if not self.token.scopes & set(any_of):
            raise HelixError(401, f"Missing scope: {' or '.join(any_of)}")

    def need_self(self, field: str, user_id: str) -> None:
        """Refuse a request in which a field does not name the token's user."""
        if self.person.user_id != user_id:
            text = f"The ID in {field} must match the user ID found in the request's OAuth token."
            raise HelixError(401, text)

    def need_moderator(self, room: Room) -> None:
        """Refuse users who are neither moderator nor broadcaster of a room."""
        if not room.moderated_by(self.person.user_id):
            raise HelixError(403, "The user is not a moderator of the broadcaster's channel.")
