"""``db`` over the wire."""

from __future__ import annotations

from typing import Any

from mxcp._rows import LazyRows, Rows
from mxcp._transactions import current_transaction
from mxcp_guest.append_rows import pack_rows
from mxcp_guest.batch import Batch
from mxcp_guest.parameters import encode_parameters
from mxcp_guest.questions import Questions, Reply

# A data frame needs no dict per row, so those of a large result wait until code looks at one.
_EAGER_ROWS = 20_000
# A batch of a stream is wanted as a frame more often than not.
_EAGER_ROWS_OF_STREAM = 1000


class DatabaseClient:
    """Implements `mxcp._host.DatabaseAccess`: what ``db`` does, as questions to the host."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def execute(self, sql: str, params: Any, transaction: int | None = None) -> Rows:
        return _rows_of(self._questions.ask(_statement("execute", sql, params, transaction)))

    async def execute_async(self, sql: str, params: Any, transaction: int | None = None) -> Rows:
        return _rows_of(await self._questions.ask_async(_statement("execute", sql, params, transaction)))

    def begin(self) -> int:
        return self._questions.ask({"type": "begin"}).value

    async def begin_async(self) -> int:
        return (await self._questions.ask_async({"type": "begin"})).value

    def end(self, transaction: int, how: str) -> None:
        self._questions.ask({"type": "end", "transaction": transaction, "how": how})

    async def end_async(self, transaction: int, how: str) -> None:
        await self._questions.ask_async({"type": "end", "transaction": transaction, "how": how})

    def abandon_transaction(self, transaction: int) -> None:
        self._questions.tell({"type": "end", "transaction": transaction, "how": "rollback"})

    def open_stream(self, sql: str, params: Any, batch_rows: int, transaction: int | None = None) -> int:
        return self._questions.ask({**_statement("stream", sql, params, transaction), "batchRows": batch_rows}).value

    async def open_stream_async(self, sql: str, params: Any, batch_rows: int, transaction: int | None = None) -> int:
        message = {**_statement("stream", sql, params, transaction), "batchRows": batch_rows}
        return (await self._questions.ask_async(message)).value

    def fetch(self, stream: int) -> Rows | None:
        return _batch_of(self._questions.ask({"type": "fetch", "stream": stream}))

    async def fetch_async(self, stream: int) -> Rows | None:
        return _batch_of(await self._questions.ask_async({"type": "fetch", "stream": stream}))

    def close_stream(self, stream: int) -> None:
        self._questions.ask({"type": "close-stream", "stream": stream})

    async def close_stream_async(self, stream: int) -> None:
        await self._questions.ask_async({"type": "close-stream", "stream": stream})

    def abandon_stream(self, stream: int) -> None:
        self._questions.tell_later({"type": "close-stream", "stream": stream})

    def append(self, how: str, table: str, rows: Any, transaction: int | None = None) -> int:
        message, buffers = _append(how, table, rows, transaction)
        return self._questions.ask(message, buffers).value

    async def append_async(self, how: str, table: str, rows: Any, transaction: int | None = None) -> int:
        message, buffers = _append(how, table, rows, transaction)
        return (await self._questions.ask_async(message, buffers)).value


def _statement(kind: str, sql: str, params: Any, transaction: int | None) -> dict[str, Any]:
    if not isinstance(sql, str):
        raise TypeError(f"db.{kind} takes SQL as text, not {type(sql).__name__}.")
    message: dict[str, Any] = {"type": kind, "sql": sql, **_transaction(transaction)}
    encoded = encode_parameters(params)
    if encoded is not None:
        message["params"] = encoded
    return message


def _append(how: str, table: str, rows: Any, transaction: int | None) -> tuple[dict[str, Any], list[Any]]:
    if not isinstance(table, str):
        raise TypeError(f"db.{how} takes the name of a table as text, not {type(table).__name__}.")
    packed = pack_rows(rows, how)
    message = {"type": "append", "how": how, "table": table, **_transaction(transaction), **packed.header}
    return message, packed.buffers


def _transaction(given: int | None) -> dict[str, int]:
    transaction = current_transaction() if given is None else given
    return {} if transaction is None else {"transaction": transaction}


def _rows_of(reply: Reply, eager_rows: int = _EAGER_ROWS) -> Rows:
    batch = Batch(reply.columns or [], reply.count, reply.data)
    if batch.count > eager_rows:
        return LazyRows(batch)
    return Rows(batch.make_rows(), batch.names, batch.types, batch)


def _batch_of(reply: Reply) -> Rows | None:
    return None if reply.columns is None else _rows_of(reply, _EAGER_ROWS_OF_STREAM)
