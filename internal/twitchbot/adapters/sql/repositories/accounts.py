"""Accounts, whose tokens are sealed before they reach a statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import Dialect
from twitchbot.adapters.sql.encrypted import Sealer, Tokens, open_tokens, seal_tokens
from twitchbot.adapters.sql.tables import accounts as t
from twitchbot.domain.account import Account
from twitchbot.usecases.ports.repositories import AccountRepository

UNREADABLE = "the stored tokens cannot be read with the configured keys; log in again"


@dataclass(slots=True, frozen=True)
class SqlAccountRepository(AccountRepository):
    """Accounts in the table `accounts`."""

    connection: AsyncConnection
    dialect: Dialect
    sealer: Sealer

    async def all(self) -> Sequence[Account]:
        """Select all."""
        rows = select(t).order_by(t.c.created_at, t.c.user_id)
        return [self._to_domain(row) for row in await self.connection.execute(rows)]

    async def get(self, user_id: str, *, for_update: bool = False) -> Account | None:
        """Select by id."""
        rows = select(t).where(t.c.user_id == user_id)
        if for_update:
            rows = rows.with_for_update()
        row = (await self.connection.execute(rows)).first()
        return self._to_domain(row) if row else None

    async def save(self, account: Account) -> None:
        """Insert or replace the row."""
        row = self._to_row(account)
        await self.connection.execute(self.dialect.upsert(t, row, key=("user_id",)))

    async def remove(self, user_id: str) -> bool:
        """Delete the row."""
        gone = delete(t).where(t.c.user_id == user_id)
        return (await self.connection.execute(gone)).rowcount > 0

    def _to_row(self, account: Account) -> dict[str, Any]:
        tokens = Tokens(account.access_token, account.refresh_token)
        return {
            "user_id": account.user_id,
            "login": account.login,
            "sealed_tokens": seal_tokens(self.sealer, account.user_id, tokens),
            "scopes": " ".join(sorted(account.scopes)),
            "expires_at": account.expires_at,
            "need_reauth": account.need_reauth,
            "last_error": account.last_error,
            "created_at": account.created_at,
            "updated_at": account.updated_at,
            "refreshed_at": account.refreshed_at,
        }

    def _to_domain(self, row: Row[Any]) -> Account:
        """Return the account of a row; when its tokens are unreadable, only a login helps."""
        need_reauth, last_error = row.need_reauth, row.last_error
        try:
            tokens = open_tokens(self.sealer, row.user_id, row.sealed_tokens)
        except ValueError:
            tokens, need_reauth, last_error = Tokens("", ""), True, UNREADABLE
        return Account(
            user_id=row.user_id,
            login=row.login,
            access_token=tokens.access,
            refresh_token=tokens.refresh,
            scopes=frozenset(row.scopes.split()),
            expires_at=row.expires_at,
            need_reauth=need_reauth,
            last_error=last_error,
            created_at=row.created_at,
            updated_at=row.updated_at,
            refreshed_at=row.refreshed_at,
        )
