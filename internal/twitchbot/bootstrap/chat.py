"""The chat connection, wired to what keeps its messages and answers them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.bootstrap.chat_credentials import ChatCredentials
from twitchbot.bootstrap.settings import IngestSettings, TwitchSettings
from twitchbot.domain.errors import BadRowError, DatabaseUnavailableError
from twitchbot.domain.message import ChatMessage, NewMessage
from twitchbot.support.supervise import Supervisor
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.bot.keep_channels import KeepChannels
from twitchbot.usecases.bot.membership_desk import MembershipDesk
from twitchbot.usecases.bot.record_membership import RecordJoined, RecordRefused
from twitchbot.usecases.commands.answer_command import AnswerCommand
from twitchbot.usecases.commands.command_desk import CommandDesk
from twitchbot.usecases.commands.execute_command import ExecuteCommand
from twitchbot.usecases.ingest.batch_rule import BatchRule
from twitchbot.usecases.ingest.intake import Intake
from twitchbot.usecases.ingest.pipeline import IngestPipeline
from twitchbot.usecases.ingest.store_batch import StoreBatch
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.metrics import Metrics
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.stream_router import StreamRouter

log = structlog.get_logger(__name__)

STORING_PATIENCE_S = 0.5
ROLLBACK_PATIENCE_S = 1.0


@dataclass(slots=True, kw_only=True)
class Chat:
    """The parts that only a service with a bot has."""

    bot: Bot
    source: TwitchChatSource
    pipeline: IngestPipeline
    commands: CommandDesk
    membership: MembershipDesk
    keep_channels: KeepChannels
    outage: Outage
    _storing: asyncio.Task[None] | None = field(default=None, init=False)

    async def start(self, supervisor: Supervisor) -> None:
        """Take up the channels and begin to hear, store and answer."""
        await self.keep_channels()
        self._storing = supervisor.start("store", self.pipeline.run)
        supervisor.start("commands", self.commands.run)
        supervisor.start("membership", self.membership.run)
        supervisor.start("chat", self.source.run)

    async def stop(self, supervisor: Supervisor, deadline: float) -> tuple[int, int]:
        """Leave chat and store what waits; return how many were stored, and how many were not.

        `deadline` is in terms of `time.monotonic`; what comes last gets a little time even then.
        """
        try:
            await self.source.stop()
        except TimeoutError:
            log.warning("chat was not left in time")
        stored = self.pipeline.stored
        self.pipeline.close()
        if self._storing is not None:
            supervisor.release(self._storing)
            left_s = max(STORING_PATIENCE_S, deadline - time.monotonic())
            await asyncio.wait((self._storing,), timeout=left_s)
            self._storing.cancel()
            # A batch under way is rolled back before the database is closed under it.
            await asyncio.wait((self._storing,), timeout=ROLLBACK_PATIENCE_S)
        lost = self.pipeline.waiting
        if lost:
            log.error("messages were not stored before the end", messages=lost)
        return self.pipeline.stored - stored, lost


class Outage:
    """Remembers whether messages can be stored, and logs when that changes."""

    def __init__(self) -> None:
        self.lasts = False

    def note(self, error: DatabaseUnavailableError | None) -> None:
        """Take notice of the beginning of an outage, or of its end (None)."""
        self.lasts = error is not None
        if error is not None:
            cause = _first_line_of(error.__cause__)
            log.warning("messages wait for the database", reason=error.message, cause=cause)
        else:
            log.info("messages are stored again")


def _first_line_of(cause: BaseException | None) -> str:
    if cause is None:
        return ""
    return f"{type(cause).__name__}: {str(cause).partition(chr(10))[0]}"


@dataclass(slots=True, frozen=True, kw_only=True)
class ChatNeeds:
    """What the chat is built from."""

    twitch: TwitchSettings
    ingest: IngestSettings
    database: Database
    clock: Clock
    router: StreamRouter
    keeper: TokenKeeper
    metrics: Metrics
    read_chatters: Callable[[str, str], Awaitable[object]]


def build_chat(needs: ChatNeeds) -> Chat:
    """Wire the chat; nothing connects yet."""
    outage = Outage()
    membership = MembershipDesk(
        RecordJoined(needs.database, needs.clock),
        RecordRefused(needs.database, needs.clock),
        needs.read_chatters,
    )

    # Source and pipeline know each other: this looks the pipeline up when a line comes.
    def receive(line: bytes, received_us: int) -> None:
        pipeline.receive(line, received_us)

    def keep(message: ChatMessage) -> None:
        pipeline.keep(message)

    source = TwitchChatSource(
        chat_settings(needs.twitch),
        clock=needs.clock,
        credentials=ChatCredentials(needs.keeper),
        on_message=receive,
        on_own_message=keep,
        on_joined=membership.joined,
        on_refused=membership.refused,
        on_login_failed=needs.keeper.refresh_after_rejection,
    )
    needs.keeper.on_account_changed(lambda _account: source.log_in_anew())
    bot = Bot(source, needs.twitch.channels)
    answer = AnswerCommand(bot, ExecuteCommand(needs.database, needs.clock), needs.metrics)
    commands = CommandDesk(answer, needs.metrics)
    pipeline = _build_pipeline(needs, source, commands, outage)
    return Chat(
        bot=bot,
        source=source,
        pipeline=pipeline,
        commands=commands,
        membership=membership,
        keep_channels=KeepChannels(bot, needs.database, needs.clock),
        outage=outage,
    )


def _build_pipeline(
    needs: ChatNeeds, source: TwitchChatSource, commands: CommandDesk, outage: Outage
) -> IngestPipeline:
    rule = BatchRule(
        rows=needs.ingest.batch_size,
        max_age_s=needs.ingest.batch_age.total_seconds(),
        rows_under_load=needs.ingest.batch_size_max,
    )
    intake = Intake(
        rule,
        high_water=needs.ingest.queue_max,
        pause=source.pause_reading,
        resume=source.resume_reading,
    )
    return IngestPipeline(
        translate=source.read,
        router=needs.router,
        intake=intake,
        store=StoreBatch(needs.database, needs.metrics, _report_rejected),
        metrics=needs.metrics,
        on_message=commands.hear,
        on_outage=outage.note,
    )


def _report_rejected(new: NewMessage, error: BadRowError) -> None:
    log.error("message refused by the database", id=new.key.hex(), reason=error.message)


def chat_settings(twitch: TwitchSettings) -> ChatSettings:
    """Return the settings in the words of the chat adapter."""
    return ChatSettings(
        host=twitch.irc_server,
        port=twitch.irc_port,
        tls=twitch.uses_tls,
        ca_file=twitch.irc_ca_file,
        log_lines=twitch.irc_debug,
        retry_base_s=twitch.retry_base.total_seconds(),
        retry_max_s=twitch.retry_max.total_seconds(),
        retry_max_attempts=twitch.retry_max_attempts,
        ping_after_s=twitch.ping_after.total_seconds(),
        pong_timeout_s=twitch.pong_timeout.total_seconds(),
        join_timeout_s=twitch.join_timeout.total_seconds(),
    )
