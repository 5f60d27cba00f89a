"""Searching a million messages of two months."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy.engine import URL

from benchmarks.corpus import Corpus
from benchmarks.databases import POSTGRESQL, opened
from benchmarks.figures import Figure, Sample
from benchmarks.lab import Lab, new_messages
from benchmarks.raw_writers import raw_writer, rows_for
from benchmarks.scan import Scan
from benchmarks.search_questions import Question, questions
from twitchbot.adapters.sql.dialect import async_url
from twitchbot.adapters.sql.engine import make_engines
from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.postgresql.partitions import ensure_partitions
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.domain.message import MessageFilter
from twitchbot.domain.page import PageRequest
from twitchbot.domain.search import words_of
from twitchbot.usecases.messages.search_messages import SearchMessages

SPAN_MS = 60 * 86_400_000
PAGE = 50
DEEP_ROWS = 50_000

_BATCH = 5_000
_WALK = 1_000
_SCANS = 2


def run(lab: Lab) -> Iterator[Figure]:
    """Measure `SearchMessages` by kind of question, beside a scan with LIKE."""
    rows = lab.sizes.search_rows
    with ExitStack() as stack:
        urls = {kind: stack.enter_context(lab.database(kind)()) for kind in lab.sizes.databases}
        corpus, counts = _load(urls, rows)
        for kind, url in urls.items():
            for subject, group in questions(corpus, counts, rows).items():
                ours, theirs = asyncio.run(_ask(url, group, lab.sizes.repeat))
                yield Figure(
                    benchmark="search",
                    subject=f"{kind}, {subject}",
                    unit="ms",
                    ours=ours,
                    baseline="scan with LIKE",
                    theirs=theirs,
                    is_cost=True,
                    percentiles=True,
                    goal="p95 ≤ 25 ms",
                )


def _load(urls: Mapping[str, URL], count: int) -> tuple[Corpus, Counter[str]]:
    """Fill databases with the same messages, and count in how many of these each word is."""
    step_ms = SPAN_MS // count
    start_ms = int(time.time() * 1000) - SPAN_MS
    corpus = Corpus(start_ms=start_ms, step_ms=step_ms, seed=2)
    counts: Counter[str] = Counter()
    lines = corpus.lines(count)
    with ExitStack() as stack:
        writers = {kind: stack.enter_context(raw_writer(url)) for kind, url in urls.items()}
        for kind, url in urls.items():
            asyncio.run(_prepare(url, kind, corpus, start_ms))
        while batch := new_messages(islice(lines, _BATCH)):
            for kind, writer in writers.items():
                writer.write(rows_for(kind, batch))
            for new in batch:
                if not new.message.is_shared_copy:
                    counts.update(set(words_of(new.message.text)))
        for writer in writers.values():
            writer.tidy_up()
    return corpus, counts


async def _prepare(url: URL, kind: str, corpus: Corpus, start_ms: int) -> None:
    """Make the partitions that would be there, and tell which channels we know."""
    now = datetime.now(UTC)
    if kind == POSTGRESQL:
        engines = make_engines(async_url(url), DatabaseOptions())
        async with engines.writing.begin() as connection:
            await ensure_partitions(connection, datetime.fromtimestamp(start_ms / 1000, UTC), now)
        await engines.close()
    async with opened(url) as database, database.write() as repositories:
        for login, room_id in corpus.rooms.items():
            await repositories.channels.want(login, now)
            await repositories.channels.record_joined(login, room_id, now)


async def _ask(url: URL, group: Sequence[Question], repeat: int) -> tuple[Sample, Sample]:
    """Return how many ms each question takes us, and each scan."""
    ours: list[float] = []
    theirs: list[float] = []
    async with opened(url) as database:
        for at, question in enumerate(group):
            page = await _page_of(database, question)
            await _search(database, question, page)
            ours += [await _search(database, question, page) for _ in range(repeat)]
            if at < _SCANS:
                with Scan(url) as scan:
                    theirs.append(scan.milliseconds(question, PAGE, DEEP_ROWS))
    return Sample(tuple(ours)), Sample(tuple(theirs))


async def _search(database: SqlDatabase, question: Question, page: PageRequest) -> float:
    search = SearchMessages(database)
    started = time.perf_counter()
    await search(question.text, MessageFilter(channel=question.channel), page)
    return (time.perf_counter() - started) * 1000


async def _page_of(database: SqlDatabase, question: Question) -> PageRequest:
    """Return the first page, or one far behind it, to which only tokens lead."""
    page = PageRequest(limit=PAGE)
    if not question.is_deep:
        return page
    search, chosen = SearchMessages(database), MessageFilter(channel=question.channel)
    for _ in range(DEEP_ROWS // _WALK):
        found = await search(question.text, chosen, PageRequest(limit=_WALK, after=page.after))
        if found.next is None:
            break
        page = PageRequest(limit=PAGE, after=found.next)
    return page
