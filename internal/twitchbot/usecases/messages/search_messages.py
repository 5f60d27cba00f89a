"""Find messages by their text."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.message import MessageFilter, StoredMessage
from twitchbot.domain.page import Page, PageRequest
from twitchbot.domain.search import parse_query
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class SearchMessages:
    """Return a page of the messages whose text matches a query, newest first."""

    database: Database

    async def __call__(
        self, text: str, chosen: MessageFilter, page: PageRequest
    ) -> Page[StoredMessage]:
        query = parse_query(text)
        if query.matches_nothing:
            return Page(items=(), total=0)
        async with self.database.read() as uow:
            return await uow.messages.search(query, chosen, page)
