"""What a message's row has on SQLite alone."""

from __future__ import annotations

from sqlalchemy import BigInteger, ColumnClause, column

from twitchbot.adapters.sql.tables import chat_messages

position: ColumnClause[int] = column("pos", BigInteger, _selectable=chat_messages)
