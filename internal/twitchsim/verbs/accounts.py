"""Accounts, applications and their tokens."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from twitchsim.consent import Decision
from twitchsim.room import Person
from twitchsim.tokens import App
from twitchsim.verbs.stage import Stage

BOT_SCOPES = (
    "chat:read",
    "chat:edit",
    "user:read:chat",
    "user:write:chat",
    "clips:edit",
    "moderator:read:chatters",
    "moderator:manage:banned_users",
    "moderator:manage:chat_messages",
    "user:manage:chat_color",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user with tokens, ready for a client's configuration."""

    login: str
    user_id: str
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    client_id: str
    person: Person = field(repr=False)


class AccountVerbs(Stage):
    """Make accounts and let their tokens live and die."""

    client_id: str
    client_secret: str

    def add_app(self, client_id: str, client_secret: str | None = None) -> App:
        """Register an application; without a secret it is a public one."""
        return self.state.tokens.add_app(client_id, client_secret)

    def add_account(
        self,
        login: str,
        *,
        token: str | None = None,
        scopes: Iterable[str] = BOT_SCOPES,
        refresh_token: str | None = None,
        user_id: str | None = None,
        display_name: str = "",
        client_id: str | None = None,
        expires_in_s: float | None = None,
        verified_bot: bool = False,
    ) -> Account:
        """Make a user with a token; called again it gives the same user another one."""
        person = self.state.world.person(login, user_id=user_id, display_name=display_name)
        person.verified_bot = verified_bot
        client_id = client_id or self.client_id
        lifetime_s = (
            self.state.settings.times.user_token_s if expires_in_s is None else expires_in_s
        )
        scopes = frozenset(scopes)
        tokens = self.state.tokens
        access = tokens.issue(
            client_id=client_id,
            user_id=person.user_id,
            scopes=scopes,
            lifetime_s=lifetime_s,
            value=token,
        )
        refresh = tokens.issue_refresh(
            client_id=client_id, user_id=person.user_id, scopes=scopes, value=refresh_token
        )
        return Account(
            login=person.login,
            user_id=person.user_id,
            token=access.value,
            refresh_token=refresh.value,
            client_id=client_id,
            person=person,
        )

    def expire_token(self, login: str) -> None:
        """Let all access tokens of a user expire now; refresh tokens stay valid."""
        self.state.tokens.expire_user(self.state.world.person(login).user_id)

    def disconnect_app(self, login: str) -> None:
        """Invalidate all tokens of a user, refresh tokens too."""
        self.state.tokens.disconnect_user(self.state.world.person(login).user_id)

    def lose_refresh_response(self, times: int = 1) -> None:
        """Use up the next refresh tokens, but answer 504 instead of the new ones."""
        self.state.faults.lost_refresh_responses = times

    def approve_device(self, user_code: str, login: str) -> None:
        """Let a user grant a device login."""
        device = self.consent.by_user_code(user_code)
        device.user_id = self.state.world.person(login).user_id
        device.decision = Decision.GRANTED

    def deny_device(self, user_code: str) -> None:
        """Let a user refuse a device login."""
        self.consent.by_user_code(user_code).decision = Decision.DENIED

    def consent_as(self, login: str, *, denies: bool = False) -> None:
        """Let this user grant every coming login without a click; an empty name asks again."""
        self.consent.auto_login = login
        self.consent.denies = denies
