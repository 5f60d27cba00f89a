"""The whole application over a given database, with a chat of the test's choice."""

from __future__ import annotations

from collections.abc import Collection

from tests.support.fakes import FixedClock
from twitchbot.bootstrap.use_cases import Parts, build_application
from twitchbot.domain.account import TokenInfo, TokenPair
from twitchbot.domain.errors import ClientIdMissingError
from twitchbot.usecases.accounts.adopt_given_tokens import GivenTokens
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.application import Application
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.ports.authorizer import Authorizer, DeviceAnswer, DeviceCode
from twitchbot.usecases.ports.chat_source import ChatSource
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.stream_router import StreamRouter


class AbsentTwitch(Authorizer):
    """An authorizer without a client id, so that nobody can log in."""

    client_id = ""

    async def validate(self, access_token: str) -> TokenInfo | None:
        return None

    async def refresh(self, refresh_token: str) -> TokenPair:
        raise ClientIdMissingError("set TWITCH_CLIENT_ID")

    async def start_device(self, scopes: Collection[str]) -> DeviceCode:
        raise ClientIdMissingError("set TWITCH_CLIENT_ID")

    async def poll_device(self, code: DeviceCode) -> TokenPair | DeviceAnswer:
        raise ClientIdMissingError("set TWITCH_CLIENT_ID")

    async def revoke(self, access_token: str) -> None:
        raise ClientIdMissingError("set TWITCH_CLIENT_ID")


def an_application(
    database: Database,
    clock: Clock | None = None,
    *,
    chat: ChatSource | None = None,
    channels: tuple[str, ...] = (),
    authorizer: Authorizer | None = None,
) -> Application:
    """Build every use case; without a chat the bot is off."""
    time = clock or FixedClock()
    twitch = authorizer or AbsentTwitch()
    return build_application(
        Parts(
            database=database,
            clock=time,
            router=StreamRouter(),
            bot=Bot(chat, channels),
            authorizer=twitch,
            keeper=TokenKeeper(database, twitch, time, given=GivenTokens()),
        )
    )
