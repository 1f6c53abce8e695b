"""``db.execute`` over the wire."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import threading
from contextlib import nullcontext
from typing import Any, Callable

from mxcp._errors import database_error
from mxcp._rows import Rows
from mxcp.runtime import Cancelled
from mxcp_guest.calls import Call
from mxcp_guest.current import current_call
from mxcp_guest.decode import decode_rows
from mxcp_guest.parameters import encode_parameters
from mxcp_guest.wire import Wire

Reply = dict[str, Any]


class DatabaseClient:
    """Sends statements and waits for their replies, which the pool's reading thread hands in."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._numbers = itertools.count(1)
        self._settle: dict[int, Callable[[Reply], None]] = {}
        self._warned: set[str] = set()

    def on_reply(self, reply: Reply) -> None:
        settle = self._settle.pop(reply["id"], None)
        if settle is not None:
            settle(reply)

    def execute(self, sql: str, params: Any) -> Rows:
        """Blocks the calling thread. On an event loop that stops its other tasks, though never the reading of replies."""
        call = current_call.get()
        self._warn_if_on_loop(call)
        replies: list[Reply] = []
        answered = threading.Lock()
        answered.acquire()

        def settle(reply: Reply) -> None:
            replies.append(reply)
            _release(answered)

        def wake() -> None:
            _release(answered)

        number = next(self._numbers)
        self._settle[number] = settle
        try:
            if call is not None:
                call.waiting.add(wake)
            self._send(number, call, sql, params)
            answered.acquire()
        finally:
            self._settle.pop(number, None)
            if call is not None:
                call.waiting.discard(wake)
        if call is not None and call.is_cancelled:
            raise Cancelled
        return _rows_of(replies[0])

    async def execute_async(self, sql: str, params: Any) -> Rows:
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Reply] = loop.create_future()

        def settle(reply: Reply) -> None:
            try:
                loop.call_soon_threadsafe(_resolve, answered, reply)
            except RuntimeError:
                pass  # The loop was closed while the statement ran: nobody waits.

        number = next(self._numbers)
        self._settle[number] = settle
        try:
            self._send(number, current_call.get(), sql, params)
            return _rows_of(await answered)
        finally:
            self._settle.pop(number, None)

    def _send(self, number: int, call: Call | None, sql: str, params: Any) -> None:
        if self._wire.is_abandoned:
            raise RuntimeError("db.execute works in the process of the handler only, not in one that it forked.")
        if not isinstance(sql, str):
            raise TypeError(f"db.execute takes SQL as text, not {type(sql).__name__}.")
        message: dict[str, Any] = {"type": "execute", "id": number, "sql": sql}
        if call is not None:
            message["call"] = call.number
        encoded = encode_parameters(params)
        if encoded is not None:
            message["params"] = encoded
        line = json.dumps(message).encode()
        with call or nullcontext():
            self._wire.send(line)

    def _warn_if_on_loop(self, call: Call | None) -> None:
        if call is None or call.handler.endpoint in self._warned:
            return
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        self._warned.add(call.handler.endpoint)
        logging.getLogger("mxcp.runtime").warning(
            "db.execute in an async function stops the event loop, and so all other async calls, until DuckDB answers. "
            "Use `await db.execute_async(...)` there."
        )


def _rows_of(reply: Reply) -> Rows:
    if reply["ok"]:
        return decode_rows(reply["columns"], reply["rows"])
    error = reply["error"]
    raise database_error(error["type"], error["message"])


def _release(lock: threading.Lock) -> None:
    try:
        lock.release()
    except RuntimeError:
        pass  # Both a reply and a cancellation came.


def _resolve(future: asyncio.Future[Reply], reply: Reply) -> None:
    if not future.done():
        future.set_result(reply)
