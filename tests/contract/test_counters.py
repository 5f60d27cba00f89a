"""All figures agree with the rows after every transaction, whatever happened before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.builders import NOON, a_new_message, a_stream
from tests.support.discarding import discarded
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.message import MessageFilter, MessageStats, NewMessage, StoredMessage
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.unit_of_work import Database, Repositories

STREAMS = (CHAT_ONLY_STREAM_ID, new_id(), new_id())
PEOPLE = ("", "1", "2", "10")
EVERYTHING = MessageFilter(include_shared=True)


@dataclass(frozen=True)
class Said:
    """A message by its number: the same number is the same message."""

    number: int
    stream: int
    person: int
    shared: bool

    def message(self) -> NewMessage:
        return a_new_message(
            STREAMS[self.stream],
            message_id=f"said-{self.number}",
            user_id=PEOPLE[self.person],
            username=f"login{PEOPLE[self.person]}",
            source_channel_id="9" if self.shared else "",
            sent_ms=unix_ms(NOON) + self.number % 3,
        )


@dataclass(frozen=True)
class Deleted:
    """A delete of the message with this number, if it is there."""

    number: int


NUMBERS = st.integers(0, 11)
BATCHES = st.lists(
    st.builds(Said, NUMBERS, st.integers(0, 2), st.integers(0, 3), st.booleans()), max_size=6
)
STEPS = st.lists(BATCHES | st.builds(Deleted, NUMBERS), max_size=6)


@dataclass
class Figures:
    """What the rows say, counted one by one."""

    per_stream: Counter[UUID] = field(default_factory=Counter)
    per_person: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[UUID, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Sequence[StoredMessage]) -> Figures:
        figures = cls()
        for row in rows:
            if row.message.is_shared_copy:
                continue
            figures.per_stream[row.stream_id] += 1
            if row.message.user_id:
                figures.per_person[row.message.user_id] += 1
                figures.pairs[row.stream_id, row.message.user_id] += 1
        return figures

    def stats(self, stream_id: UUID | None) -> MessageStats:
        people = {
            person: count for (stream, person), count in self.pairs.items() if stream == stream_id
        }
        people = people if stream_id else dict(self.per_person)
        top = min(people, key=lambda person: (-people[person], person), default="")
        return MessageStats(
            total_messages=self.per_stream[stream_id] if stream_id else self.per_stream.total(),
            unique_users=len(people),
            most_active_user=f"login{top}" if top else "",
            most_active_user_count=people.get(top, 0),
        )

    def watched(self, person: str) -> int:
        return sum(who == person and stream != CHAT_ONLY_STREAM_ID for stream, who in self.pairs)


async def do(uow: Repositories, step: Sequence[Said] | Deleted) -> None:
    if not isinstance(step, Deleted):
        await store_messages(uow, [said.message() for said in step])
        return
    page = await uow.messages.list(EVERYTHING, DeletedFilter(), PageRequest(limit=1000))
    for row in page.items:
        if row.message.message_id == f"said-{step.number}":
            await uow.messages.delete(row.id, NOON, "api")
            if not row.message.is_shared_copy:
                await uow.viewers.forget_messages(row.message.user_id, row.stream_id, 1)
                await uow.streams.add_messages({row.stream_id: -1})


async def check(uow: Repositories) -> None:
    rows = await uow.messages.list(EVERYTHING, DeletedFilter(), PageRequest(limit=1000))
    figures = Figures.of(rows.items)
    for stream_id in (None, *STREAMS):
        assert await uow.messages.stats(stream_id) == figures.stats(stream_id)
        await check_totals(uow, MessageFilter(stream_id=stream_id))
    for stream_id in STREAMS:
        stats = await uow.streams.stats(stream_id, NOON)
        assert stats is not None
        assert stats.total_messages == figures.per_stream[stream_id]
        assert stats.unique_viewers == sum(stream == stream_id for stream, _ in figures.pairs)
    for person in PEOPLE[1:]:
        written = figures.per_person[person], figures.watched(person)
        assert await uow.viewers.messages_and_streams(person) == written
        viewer = await uow.viewers.get_by_twitch_id(person)
        if viewer is not None:
            assert (viewer.total_messages, viewer.total_streams_watched) == written


async def check_totals(uow: Repositories, chosen: MessageFilter) -> None:
    """Compare the totals of lists, which come from the counters, with the lists."""
    for person in PEOPLE:
        of_person = MessageFilter(stream_id=chosen.stream_id, user_id=person)
        page = await uow.messages.list(of_person, DeletedFilter(), PageRequest(limit=1000))
        assert page.total == len(page.items)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_figures_agree_with_the_rows(
    database: Database, steps: list[list[Said] | Deleted]
) -> None:
    async with discarded(database) as uow:
        for stream_id in STREAMS[1:]:
            await uow.streams.add(a_stream(id=stream_id))
        for step in steps:
            await do(uow, step)
            await check(uow)
