"""What a guest asks of the host, and the waiting for replies."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import threading
from contextlib import nullcontext
from typing import Any, Callable, Sequence

from mxcp._errors import Suspended, error_of_host
from mxcp.runtime import Cancelled
from mxcp_guest.calls import Call
from mxcp_guest.current import current_call, in_function
from mxcp_guest.wire import Wire

# What user code calls each question, and how it is written without stopping the event loop.
_NAMES = {
    "execute": ("db.execute", "await db.execute_async(...)"),
    "begin": ("db.transaction", "async with db.transaction()"),
    "end": ("db.transaction", "async with db.transaction()"),
    "stream": ("db.stream", "async for batch in db.stream_async(...)"),
    "fetch": ("db.stream", "async for batch in db.stream_async(...)"),
    "close-stream": ("db.stream", "async for batch in db.stream_async(...)"),
    "append": ("db.append", "await db.append_async(...)"),
    "register": ("db.register", "await db.register_async(...)"),
    "session": ("session", "its forms with an a, as in `await session.aget(...)`,"),
    "ask": ("A question to the client", ""),
    "reload": ("reload_duckdb", ""),
}


class Reply:
    """The host's answer: a value, or the header and the bytes of a ``ColumnBatch``."""

    __slots__ = ("value", "count", "columns", "data")

    def __init__(self, message: dict[str, Any], data: bytearray | None) -> None:
        self.value = message["rows"] if "rows" in message else message.get("value")
        self.count: int = message.get("count", 0)
        self.columns: list[dict[str, Any]] | None = message.get("columns")
        self.data = data if data is not None else bytearray()


Settle = Callable[[dict[str, Any], "bytearray | None"], None]


class Questions:
    """Sends questions and waits for their replies, which the pool's reading thread hands in."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._numbers = itertools.count(1)
        self._settle: dict[int, Settle] = {}
        self._warned: set[tuple[str, str]] = set()
        self._is_closed = False

    def on_reply(self, message: dict[str, Any], data: bytearray | None) -> None:
        settle = self._settle.pop(message["id"], None)
        if settle is not None:
            settle(message, data)

    def close(self) -> None:
        """From here on every question fails, also those that wait for a reply: the database is closed."""
        self._is_closed = True
        for number in list(self._settle):
            error = {"type": "RuntimeError", "message": "The database was closed for a reload."}
            self.on_reply({"id": number, "ok": False, "error": error}, None)

    def ask(self, message: dict[str, Any], buffers: Sequence[Any] = ()) -> Reply:
        """Blocks the calling thread. On an event loop that stops its other tasks, though never the reading of replies.

        ``message`` has the type and the fields of a `GuestQuestion`; its numbers are added here. ``buffers`` are the raw
        bytes that it announces. Raises what the host answered as an error.
        """
        call = self._open_for(_name_of(message))
        self._warn_if_on_loop(call, _name_of(message))
        answers: list[tuple[dict[str, Any], bytearray | None]] = []
        answered = threading.Lock()
        answered.acquire()

        def settle(reply: dict[str, Any], data: bytearray | None) -> None:
            answers.append((reply, data))
            _release(answered)

        def wake() -> None:
            _release(answered)

        number = next(self._numbers)
        self._settle[number] = settle
        try:
            if call is not None:
                call.waiting.add(wake)
            self._send(number, call, message, buffers)
            answered.acquire()
        finally:
            self._settle.pop(number, None)
            if call is not None:
                call.waiting.discard(wake)
        if call is not None and call.is_cancelled:
            raise Cancelled
        return _reply_of(*answers[0])

    async def ask_async(self, message: dict[str, Any], buffers: Sequence[Any] = ()) -> Reply:
        """Like `ask`, on the running event loop, which goes on meanwhile."""
        call = self._open_for(_name_of(message))
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[tuple[dict[str, Any], bytearray | None]] = loop.create_future()

        def settle(reply: dict[str, Any], data: bytearray | None) -> None:
            try:
                loop.call_soon_threadsafe(_resolve, answered, (reply, data))
            except RuntimeError:
                pass  # The loop was closed while the question was open: nobody waits.

        number = next(self._numbers)
        self._settle[number] = settle
        try:
            self._send(number, call, message, buffers)
            return _reply_of(*await answered)
        finally:
            self._settle.pop(number, None)

    def tell(self, message: dict[str, Any]) -> None:
        """Asks without waiting for the answer, for what is given up while nobody can wait."""
        if not self._is_closed and not self._wire.is_abandoned:
            self._send(next(self._numbers), None, message, ())

    def tell_later(self, message: dict[str, Any]) -> None:
        """The same from a finalizer, which may run while this very thread is writing: it leaves with the next message."""
        if not self._is_closed and not self._wire.is_abandoned:
            line = {"type": message["type"], "id": next(self._numbers), **message}
            self._wire.queue(json.dumps(line, separators=(",", ":")).encode())

    def _open_for(self, kind: str) -> Call | None:
        """The running call, if there is one. Raises when it may not ask."""
        name = _NAMES[kind][0]
        if self._is_closed:
            raise RuntimeError(f"{name} cannot be used here: the database is closed while a reload payload runs.")
        if in_function.get():
            raise RuntimeError(f"{name} cannot be used inside a SQL function: the database is waiting for it.")
        if self._wire.is_abandoned:
            raise RuntimeError(f"{name} works in the process of the handler only, not in one that it forked.")
        call = current_call.get()
        if call is not None and call.is_suspended:
            raise Suspended
        return call

    def _send(self, number: int, call: Call | None, message: dict[str, Any], buffers: Sequence[Any]) -> None:
        head: dict[str, Any] = {"type": message["type"], "id": number}
        if call is not None:
            head["call"] = call.number
        # `bytes` stays last: that is how the host sees that raw bytes follow.
        line = json.dumps({**head, **message}, separators=(",", ":")).encode()
        with call or nullcontext():
            self._wire.send(line, buffers)

    def _warn_if_on_loop(self, call: Call | None, kind: str) -> None:
        name, instead = _NAMES[kind]
        if call is None or not instead or (call.handler.endpoint, name) in self._warned:
            return
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        self._warned.add((call.handler.endpoint, name))
        advice = f"Use `{instead}` there." if instead.startswith(("await", "async")) else f"Use {instead} there."
        logging.getLogger("mxcp.runtime").warning(
            f"{name} in an async function stops the event loop, and so all other async calls, until "
            f"{'the host' if kind == 'session' else 'DuckDB'} answers. {advice}"
        )


def _reply_of(message: dict[str, Any], data: bytearray | None) -> Reply:
    if message["ok"]:
        return Reply(message, data)
    error = message["error"]
    raise error_of_host(error["type"], error["message"])


def _name_of(message: dict[str, Any]) -> str:
    return message["how"] if message.get("how") == "register" else message["type"]


def _release(lock: threading.Lock) -> None:
    try:
        lock.release()
    except RuntimeError:
        pass  # Both a reply and a cancellation came.


def _resolve(future: asyncio.Future[Any], answer: Any) -> None:
    if not future.done():
        future.set_result(answer)
