"""``db``: SQL on the project's DuckDB, which the host owns."""

from __future__ import annotations

from typing import Any

from mxcp._errors import NotAvailableYet
from mxcp._host import Parameters, get_host
from mxcp._rows import Rows

_LATER = frozenset({"append", "appender", "stream", "transaction", "begin", "commit", "rollback", "register"})


class Database:
    """Runs SQL. Safe to use from any thread and any number of calls at once."""

    def execute(self, query: str, params: Parameters = None) -> Rows:
        """The rows of the (last) statement, as a list of dicts.

        ``params`` is a mapping for ``$name`` or a sequence for ``?``. INSERT, UPDATE and DELETE give
        ``[{"Count": n}]``. In an ``async def`` prefer ``await db.execute_async(...)``: this form stops the event loop
        until DuckDB answers.
        """
        return get_host().execute(query, params)

    async def execute_async(self, query: str, params: Parameters = None) -> Rows:
        """Like ``execute``, without stopping the event loop."""
        return await get_host().execute_async(query, params)

    def __getattr__(self, name: str) -> Any:
        if name == "connection":
            raise AttributeError("There is no db.connection: DuckDB runs in another process. Use db.execute(sql, params).")
        if name in _LATER:
            return _later(f"db.{name}")
        raise AttributeError(f"db has no {name}. Use db.execute(sql, params).")


def _later(name: str) -> Any:
    def raise_when_called(*_args: Any, **_kwargs: Any) -> Any:
        raise NotAvailableYet(name)

    return raise_when_called
