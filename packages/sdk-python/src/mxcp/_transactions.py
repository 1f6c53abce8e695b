"""``db.transaction()``."""

from __future__ import annotations

from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, Any

from mxcp._streams import AsyncRowStream, RowStream

if TYPE_CHECKING:
    from mxcp._host import DatabaseAccess, Parameters
    from mxcp._rows import Rows

# Tasks and `asyncio.to_thread` of the block inherit it, so that `db` means the transaction there too.
_current: ContextVar[Transaction | None] = ContextVar("mxcp_transaction", default=None)


def current_transaction() -> int | None:
    """The number of the transaction that the running code is in the block of."""
    transaction = _current.get()
    return None if transaction is None else transaction.number


class Transaction:
    """A block whose statements take effect together or not at all. Use each one for one block."""

    def __init__(self, database: DatabaseAccess) -> None:
        self._database = database
        self._token: Token[Transaction | None] | None = None
        self.number: int | None = None
        """The host's; None before the block and after it."""

    def execute(self, query: str, params: Parameters = None) -> Rows:
        return self._inside().execute(query, params, self.number)

    async def execute_async(self, query: str, params: Parameters = None) -> Rows:
        return await self._inside().execute_async(query, params, self.number)

    def stream(self, query: str, params: Parameters = None, batch_rows: int = 10_000) -> RowStream:
        return RowStream(_InTransaction(self._inside(), self.number), query, params, batch_rows)

    def stream_async(self, query: str, params: Parameters = None, batch_rows: int = 10_000) -> AsyncRowStream:
        return AsyncRowStream(_InTransaction(self._inside(), self.number), query, params, batch_rows)

    def append(self, table: str, rows: Any) -> int:
        return self._inside().append("append", table, rows, self.number)

    async def append_async(self, table: str, rows: Any) -> int:
        return await self._inside().append_async("append", table, rows, self.number)

    def __enter__(self) -> Transaction:
        self._refuse_second()
        self.number = self._database.begin()
        self._token = _current.set(self)
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        number = self._leave()
        if error is None:
            self._database.end(number, "commit")
        elif not isinstance(error, Exception):
            # Cancelled: nobody waits any more.
            self._database.abandon_transaction(number)
        else:
            self._roll_back(number)

    async def __aenter__(self) -> Transaction:
        self._refuse_second()
        self.number = await self._database.begin_async()
        self._token = _current.set(self)
        return self

    async def __aexit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        number = self._leave()
        if error is None:
            await self._database.end_async(number, "commit")
        elif not isinstance(error, Exception):
            self._database.abandon_transaction(number)
        else:
            try:
                await self._database.end_async(number, "rollback")
            except Exception:
                pass  # It is over already; what went wrong in the block says more.

    def _roll_back(self, number: int) -> None:
        try:
            self._database.end(number, "rollback")
        except Exception:
            pass  # It is over already; what went wrong in the block says more.

    def _refuse_second(self) -> None:
        if current_transaction() is not None:
            raise RuntimeError(
                "A transaction is open here already, and DuckDB has none inside another. "
                "Statements of this block belong to the open one; leave out the inner `db.transaction()`."
            )
        if self._token is not None:
            raise RuntimeError("A transaction is for one block. Call db.transaction() again.")

    def _inside(self) -> DatabaseAccess:
        if self.number is None:
            raise RuntimeError("The transaction is not open. Use it inside its block: `with db.transaction() as tx:`.")
        return self._database

    def _leave(self) -> int:
        number, self.number = self.number, None
        assert number is not None
        if self._token is not None and _current.get() is self:
            _current.set(self._token.old_value if self._token.old_value is not Token.MISSING else None)
        return number


class _InTransaction:
    """Opens streams in one transaction."""

    def __init__(self, database: DatabaseAccess, number: int | None) -> None:
        self._database = database
        self._transaction = number

    def open_stream(self, query: str, params: Any, batch_rows: int) -> int:
        return self._database.open_stream(query, params, batch_rows, self._transaction)

    async def open_stream_async(self, query: str, params: Any, batch_rows: int) -> int:
        return await self._database.open_stream_async(query, params, batch_rows, self._transaction)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)
