"""Which call the running code belongs to."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mxcp_guest.calls import Call

# Tasks and `asyncio.to_thread` inherit it; a bare thread has none.
current_call: ContextVar[Call | None] = ContextVar("mxcp_call", default=None)
