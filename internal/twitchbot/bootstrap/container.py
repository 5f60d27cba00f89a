"""Builds the parts of the service from its settings, and closes them in reverse order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from twitchbot import __version__
from twitchbot.adapters.crypto.sealer import Sealer
from twitchbot.adapters.crypto.secret_keys import load_secret_keys
from twitchbot.adapters.grpc.server import GrpcServer
from twitchbot.adapters.scheduler.scheduler import JobScheduler
from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.adapters.web.health import Health
from twitchbot.adapters.web.metrics import PrometheusMetrics
from twitchbot.adapters.web.server import WebServer, make_app
from twitchbot.bootstrap import probes
from twitchbot.bootstrap.chat import Chat, ChatNeeds, build_chat
from twitchbot.bootstrap.clock import SystemClock
from twitchbot.bootstrap.exits import CannotStartError
from twitchbot.bootstrap.service import Service
from twitchbot.bootstrap.settings import DatabaseSettings, Settings
from twitchbot.bootstrap.sockets import bound_socket
from twitchbot.bootstrap.twitch_web import TwitchWeb, open_twitch_web
from twitchbot.bootstrap.use_cases import Parts, build_application
from twitchbot.support.supervise import Supervisor
from twitchbot.usecases.application import Application
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.channel_viewers.refresh_chatters import RefreshChatters
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.streams.stream_router import StreamRouter
from twitchbot.usecases.streams.watch_streams import WatchStreams

PARTITIONS_EVERY = timedelta(days=1)
TOKENS_EVERY = timedelta(hours=1)


@asynccontextmanager
async def build(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Service]:
    """Build the service; leaving the block closes what was opened, in reverse."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        web_socket = bound_socket(settings.service.host, settings.service.http_port, "PORT")
        stack.callback(web_socket.close)
        sealer = _sealer(settings)
        database = await stack.enter_async_context(
            SqlDatabase.open(
                settings.database_url,
                clock=clock,
                sealer=sealer,
                options=_database_options(settings.database),
            )
        )
        twitch = await stack.enter_async_context(open_twitch_web(settings.twitch, database, clock))
        core = await _build_core(settings, database, clock, twitch)
        stack.push_async_callback(core.application.accounts.get_login.aclose)
        health, jobs = Health(__version__), JobScheduler()
        _watch(health, core, jobs)
        _schedule(jobs, settings, core)
        yield Service(
            host=settings.service.host,
            grpc_port=settings.service.grpc_port,
            grpc=GrpcServer(
                core.application,
                page_token_key=sealer.page_token_key,
                clock=clock,
                metrics=core.metrics,
                reflection=settings.service.grpc_reflection,
            ),
            web=WebServer(make_app(health, core.metrics), web_socket),
            health=health,
            jobs=jobs,
            chat=core.chat,
            supervisor=Supervisor(),
            shutdown_timeout=settings.service.shutdown_timeout,
        )


@dataclass(slots=True, frozen=True, kw_only=True)
class _Core:
    """What is inside, before servers and jobs are put around it."""

    database: SqlDatabase
    clock: Clock
    router: StreamRouter
    metrics: PrometheusMetrics
    twitch: TwitchWeb
    chat: Chat | None
    application: Application


async def _build_core(
    settings: Settings, database: SqlDatabase, clock: Clock, twitch: TwitchWeb
) -> _Core:
    router, metrics = StreamRouter(), PrometheusMetrics()
    async with database.read() as uow:
        router.replace(await uow.streams.active())
        has_account = bool(await uow.accounts.all())
    chat = None
    if settings.twitch.is_wanted or has_account:
        await twitch.keeper.start()
        chatters = RefreshChatters(database, twitch.helix, clock)
        twitch.keeper.on_account_changed(lambda _account: chatters.ask_anew())
        needs = ChatNeeds(
            twitch=settings.twitch,
            ingest=settings.ingest,
            database=database,
            clock=clock,
            router=router,
            keeper=twitch.keeper,
            metrics=metrics,
            read_chatters=twitch.unless_guest(chatters),
        )
        chat = build_chat(needs)
    bot = chat.bot if chat else Bot(None, settings.twitch.channels)
    parts = Parts(
        database=database,
        clock=clock,
        router=router,
        bot=bot,
        authorizer=twitch.oauth,
        keeper=twitch.keeper,
    )
    return _Core(
        database=database,
        clock=clock,
        router=router,
        metrics=metrics,
        twitch=twitch,
        chat=chat,
        application=build_application(parts),
    )


def _watch(health: Health, core: _Core, jobs: JobScheduler) -> None:
    health.add("database", probes.database_probe(core.database), required=True)
    health.add("accounts", probes.accounts_probe(core.application.accounts.list))
    health.add("jobs", probes.jobs_probe(jobs))
    health.add("chat", probes.chat_probe(core.chat.source if core.chat else None))
    if core.chat is not None:
        pipeline, outage = core.chat.pipeline, core.chat.outage
        health.add("ingest", probes.ingest_probe(pipeline, lambda: outage.lasts))
        core.metrics.gauge(
            "messages_waiting", "Messages that wait to be stored.", lambda: pipeline.waiting
        )
        _count_lines(core.metrics, core.chat.source)


def _count_lines(metrics: PrometheusMetrics, source: TwitchChatSource) -> None:
    counts = source.line_counts
    metrics.count("irc_lines", "IRC lines received.", lambda: counts.received)
    metrics.count("irc_lines_too_long", "IRC lines dropped for length.", lambda: counts.too_long)
    metrics.count("irc_lines_unreadable", "IRC lines not handled.", lambda: counts.unreadable)
    metrics.count("irc_lines_unwanted", "Chat lines of channels we left.", lambda: counts.unwanted)


def _schedule(jobs: JobScheduler, settings: Settings, core: _Core) -> None:
    jobs.add("make partitions", PARTITIONS_EVERY, core.database.make_partitions, at_once=False)
    if core.chat is None:
        return
    watch = WatchStreams(
        core.database, core.twitch.helix, core.clock, core.router, settings.streams.grace
    )
    jobs.add("watch streams", settings.streams.poll_interval, core.twitch.unless_guest(watch))
    jobs.add("check tokens", TOKENS_EVERY, core.twitch.keeper.check, at_once=False)


def _sealer(settings: Settings) -> Sealer:
    configured = settings.service.secret_keys.get_secret_value()
    try:
        return Sealer(load_secret_keys(configured, settings.service.data_dir))
    except OSError as error:
        raise CannotStartError(
            f"can't keep a key in {settings.service.data_dir}: {error.strerror}; "
            "set DATA_DIR to a folder we may write, or SECRET_KEYS"
        ) from error


def _database_options(settings: DatabaseSettings) -> DatabaseOptions:
    return DatabaseOptions(
        max_connections=settings.max_connections,
        max_idle_connections=settings.max_idle_connections,
        max_lifetime_s=settings.connection_max_lifetime.total_seconds(),
    )
