"""Runs calls: plain functions and SQL functions in the thread that read them, async ones on the event loop."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import sys
from contextvars import Context
from typing import Any, Awaitable, Callable

from mxcp._errors import Suspended
from mxcp.runtime import Cancelled, UserError
from mxcp_guest.arguments import convert_arguments
from mxcp_guest.calls import Call
from mxcp_guest.current import current_call, in_function
from mxcp_guest.encode import encode_result
from mxcp_guest.failures import describe_failure
from mxcp_guest.flatten import UnserializableResult
from mxcp_guest.logs import LogStream, send_log
from mxcp_guest.sql_function import SqlFunction
from mxcp_guest.sql_values import UnfitResult
from mxcp_guest.wire import Wire

_CANCELLED = {"type": "Cancelled", "message": "The call was cancelled."}
_SUSPENDED = {"type": "Suspended", "message": "The call waits for an answer of its client."}


class Runner:
    """Every call given to it ends with exactly one `result`, `applied` or `failure` on the wire."""

    def __init__(self, wire: Wire, loop: asyncio.AbstractEventLoop) -> None:
        self._wire = wire
        self._loop = loop
        self._calls: dict[int, Call] = {}

    def add(self, call: Call) -> None:
        self._calls[call.number] = call

    def cancel(self, number: int) -> None:
        call = self._calls.get(number)
        if call is None:
            return
        if call.cancel():
            self._finish(call, _failure(number, _CANCELLED))
        elif call.task is not None:
            self._loop.call_soon_threadsafe(call.task.cancel)

    def refuse(self, number: int, error: dict[str, Any]) -> None:
        self._wire.send(_failure(number, error))

    def run_plain(self, call: Call) -> None:
        """In the current thread. A function that gives an awaitable after all continues on the loop."""
        self._run_here(call, lambda: self._answer_plain(call))

    def run_chunk(self, call: Call, function: SqlFunction, columns: list[list[Any]], rows: int) -> None:
        """A chunk of a SQL function, in the current thread."""
        self._run_here(call, lambda: self._answer_chunk(call, function, columns, rows))

    def _run_here(self, call: Call, answer: Callable[[], bytes | Awaitable[Any]]) -> None:
        context = Context()
        try:
            try:
                if not call.begin_in_thread():
                    return
                reply = context.run(answer)
                if self._wire.is_abandoned:
                    _end_fork(None)
            except BaseException as error:
                if self._wire.is_abandoned:
                    _end_fork(error)
                reply = _failure_of(call, error)
            call.leave_thread()
        except Cancelled:
            # The exception was on its way when the function returned.
            call.leave_thread()
            reply = _failure(call.number, _CANCELLED)
        if isinstance(reply, bytes):
            context.run(_end_lines)
            self._finish(call, reply)
        else:
            self._loop.call_soon_threadsafe(self._start_task, call, reply, context)

    def run_async(self, call: Call) -> None:
        """From any thread."""
        self._loop.call_soon_threadsafe(self._start_task, call, None, Context())

    def _answer_plain(self, call: Call) -> bytes | Awaitable[Any]:
        current_call.set(call)
        value = call.handler.function(**convert_arguments(call.args, call.handler.converters))
        if inspect.isawaitable(value) or inspect.isasyncgen(value):
            return value  # type: ignore[return-value]
        call.check_awaited()
        return _result(call.number, value)

    def _answer_chunk(self, call: Call, function: SqlFunction, columns: list[list[Any]], rows: int) -> bytes:
        current_call.set(call)
        in_function.set(True)
        try:
            return b'{"type":"applied","id":%d,"values":%b}' % (call.number, function.compute(columns, rows))
        except Exception as error:
            described = describe_failure(error)
            if not isinstance(error, UnfitResult):
                described["message"] = f"{described['type']}: {described['message']}"
                # DuckDB reports the message alone; where it came from is for whoever wrote the function.
                level = "debug" if isinstance(error, UserError) else "warning"
                send_log(self._wire, level, f"The SQL function {function.name} failed.\n{described['stack']}")
            return _failure(call.number, described)

    def _start_task(self, call: Call, awaitable: Awaitable[Any] | None, context: Context) -> None:
        # `create_task(context=...)` is new in 3.11; a task takes a copy of the context it is made in.
        call.task = context.run(self._loop.create_task, self._drive(call, awaitable))
        call.task.add_done_callback(lambda _: self._answer_if_unanswered(call))
        if call.is_cancelled:
            call.task.cancel()

    def _answer_if_unanswered(self, call: Call) -> None:
        """A task that is cancelled before its first step never enters its coroutine."""
        if self._calls.get(call.number) is call:
            self._finish(call, _failure(call.number, _CANCELLED))

    async def _drive(self, call: Call, awaitable: Any) -> None:
        try:
            if call.is_cancelled:
                raise Cancelled
            current_call.set(call)
            if awaitable is None:
                awaitable = call.handler.function(**convert_arguments(call.args, call.handler.converters))
            value = [item async for item in awaitable] if inspect.isasyncgen(awaitable) else await awaitable
            call.check_awaited()
            reply = _result(call.number, value)
        except BaseException as error:
            # Also SystemExit, which would end the loop.
            reply = _failure_of(call, error)
        _end_lines()
        self._finish(call, reply)

    def _finish(self, call: Call, reply: bytes) -> None:
        self._calls.pop(call.number, None)
        self._wire.send(reply)


def _end_fork(error: BaseException | None) -> None:
    """Ends a process that the handler forked where the handler ends: only the guest itself answers calls."""
    code = 0 if error is None else error.code if isinstance(error, SystemExit) else 1
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _result(number: int, value: Any) -> bytes:
    json_value, more = encode_result(value)
    if json_value is None:
        return b'{"type":"result","id":%d%b}' % (number, more)
    return b'{"type":"result","id":%d,"value":%b%b}' % (number, json_value, more)


def _failure(number: int, error: dict[str, Any]) -> bytes:
    return json.dumps({"type": "failure", "id": number, "error": error}).encode()


def _failure_of(call: Call, error: BaseException) -> bytes:
    if call.is_cancelled and isinstance(error, (Cancelled, asyncio.CancelledError)):
        return _failure(call.number, _CANCELLED)
    if isinstance(error, Suspended):
        return _failure(call.number, _SUSPENDED)
    if isinstance(error, UnserializableResult):
        return _failure(call.number, {"type": "UnserializableResult", "message": str(error)})
    return _failure(call.number, describe_failure(error))


def _end_lines() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, LogStream):
            stream.end_line()
