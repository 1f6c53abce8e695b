"""``db`` over the wire."""

from __future__ import annotations

from typing import Any

from mxcp._rows import LazyRows, Rows
from mxcp_guest.batch import Batch
from mxcp_guest.parameters import encode_parameters
from mxcp_guest.questions import Questions, Reply

_EAGER_ROWS = 20_000


class DatabaseClient:
    """What ``db`` does, as questions to the host."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def execute(self, sql: str, params: Any) -> Rows:
        return _rows_of(self._questions.ask(_statement(sql, params)))

    async def execute_async(self, sql: str, params: Any) -> Rows:
        return _rows_of(await self._questions.ask_async(_statement(sql, params)))


def _statement(sql: str, params: Any) -> dict[str, Any]:
    if not isinstance(sql, str):
        raise TypeError(f"db.execute takes SQL as text, not {type(sql).__name__}.")
    message: dict[str, Any] = {"type": "execute", "sql": sql}
    encoded = encode_parameters(params)
    if encoded is not None:
        message["params"] = encoded
    return message


def _rows_of(reply: Reply) -> Rows:
    batch = Batch(reply.columns or [], reply.count, reply.data)
    # A data frame needs no dict per row, so those of a large result wait until code looks at one.
    if batch.count > _EAGER_ROWS:
        return LazyRows(batch)
    return Rows(batch.make_rows(), batch.names, batch.types, batch)
