"""Which call the running code belongs to."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mxcp_guest.calls import Call

# Tasks and `asyncio.to_thread` inherit both; a bare thread has none.
current_call: ContextVar[Call | None] = ContextVar("mxcp_call", default=None)
in_function: ContextVar[bool] = ContextVar("mxcp_in_function", default=False)
"""Whether this is a SQL function: its statement waits for it, so it may not ask the database for anything."""


def find_call() -> Call | None:
    """The call whose client may be told or asked something: none in a SQL function."""
    return None if in_function.get() else current_call.get()
