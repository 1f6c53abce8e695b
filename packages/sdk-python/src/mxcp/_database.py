"""``db``: SQL on the project's DuckDB, which the host owns."""

from __future__ import annotations

from typing import Any

from mxcp._host import Parameters, get_host
from mxcp._rows import Rows
from mxcp._streams import AsyncRowStream, RowStream
from mxcp._transactions import Transaction

_HELD_BY_TRANSACTION = frozenset({"begin", "commit", "rollback"})


class Database:
    """Runs SQL. Safe to use from any thread and any number of calls at once.

    The forms with ``_async`` are for ``async def``, where the plain ones stop the event loop until DuckDB answers.
    """

    def execute(self, query: str, params: Parameters = None) -> Rows:
        """The rows of the (last) statement, as a list of dicts.

        ``params`` is a mapping for ``$name`` or a sequence for ``?``. INSERT, UPDATE and DELETE give
        ``[{"Count": n}]``. In an ``async def`` prefer ``await db.execute_async(...)``: this form stops the event loop
        until DuckDB answers.
        """
        return get_host().database.execute(query, params)

    async def execute_async(self, query: str, params: Parameters = None) -> Rows:
        """Like ``execute``, without stopping the event loop."""
        return await get_host().database.execute_async(query, params)

    def stream(self, query: str, params: Parameters = None, batch_rows: int = 10_000) -> RowStream:
        """The rows in batches of up to ``batch_rows``, each a `Rows`; only one batch is in memory at a time.

        Holds a connection until it is read to its end or closed: ``with db.stream(sql) as batches:``.
        """
        return RowStream(get_host().database, query, params, batch_rows)

    def stream_async(self, query: str, params: Parameters = None, batch_rows: int = 10_000) -> AsyncRowStream:
        """Like ``stream``, for ``async for``. The statement starts with the first batch."""
        return AsyncRowStream(get_host().database, query, params, batch_rows)

    def transaction(self) -> Transaction:
        """One connection for several statements: committed at the end of the block, rolled back on an exception.

        ``with db.transaction() as tx:`` or ``async with``. Inside the block ``db`` means the transaction too.
        """
        return Transaction(get_host().database)

    def append(self, table: str, rows: Any) -> int:
        """Puts many rows into a table at once, all or none; their number.

        ``rows`` is a list of dicts, a DataFrame of pandas or polars, a pyarrow Table, or a dict of columns. Columns are
        matched by name; those that the table has besides get their defaults.
        """
        return get_host().database.append("append", table, rows)

    async def append_async(self, table: str, rows: Any) -> int:
        """Like ``append``, without stopping the event loop while DuckDB works."""
        return await get_host().database.append_async("append", table, rows)

    def register(self, name: str, rows: Any) -> int:
        """Makes what ``append`` takes a table in memory, or replaces it, that all SQL can read; the number of rows."""
        return get_host().database.append("register", name, rows)

    async def register_async(self, name: str, rows: Any) -> int:
        """Like ``register``, without stopping the event loop while DuckDB works."""
        return await get_host().database.append_async("register", name, rows)

    def __getattr__(self, name: str) -> Any:
        if name == "connection":
            raise AttributeError("There is no db.connection: DuckDB runs in another process. Use db.execute(sql, params).")
        if name in _HELD_BY_TRANSACTION:
            raise AttributeError(f"There is no db.{name}. Use `with db.transaction():`.")
        raise AttributeError(f"db has no {name}. Use db.execute(sql, params).")
