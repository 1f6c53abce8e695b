"""Questions to the client of the running call, for plain and async functions alike."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Callable

from mxcp._host import RunningCall, get_call, get_host

_OWN_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep


class Asking(Coroutine[Any, Any, Any]):
    """A question that an ``async def`` has to await; ``asyncio.gather`` and ``asyncio.create_task`` take it too.

    Its coroutine is made when it is awaited: of one that nobody awaits Python would warn, with the place of our own code.
    """

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, Any]], name: str, call: RunningCall) -> None:
        self._begin = begin
        self._coroutine: Coroutine[Any, Any, Any] | None = None
        self._name = name
        self._call = call
        self._place = _place_of_author()
        call.unawaited[self] = self

    def send(self, value: Any) -> Any:
        return self._awaited().send(value)

    def throw(self, *error: Any) -> Any:
        return self._awaited().throw(*error)

    def close(self) -> None:
        self._call.unawaited.pop(self, None)
        if self._coroutine is not None:
            self._coroutine.close()

    def __await__(self) -> Any:
        return self._awaited().__await__()

    def as_error(self) -> RuntimeError:
        """What is wrong when nobody awaits it; its traceback is the line that asks."""
        error = RuntimeError(f"{self._name} was not awaited: write `await {self._name}(...)`.")
        return error.with_traceback(self._place)

    def _awaited(self) -> Coroutine[Any, Any, Any]:
        if self._coroutine is None:
            self._call.unawaited.pop(self, None)
            self._place = None
            self._coroutine = self._begin()
        return self._coroutine

    def __getattr__(self, attribute: str) -> Any:
        raise AttributeError(f"There is no {attribute} yet: in an async function write `await {self._name}(...)`.")


def ask_client(name: str, key: str, request: dict[str, Any], read: Callable[[Any], Any]) -> Any:
    """What ``read`` makes of the answer: at once in a plain function, when awaited on an event loop.

    ``name`` is what user code calls the question, for messages.
    """
    call = get_call(name)
    if not isinstance(key, str):
        raise TypeError(f"The key of a question is text, not {type(key).__name__}.")
    if not _is_on_loop():
        return read(get_host().client.ask(key, request))
    return Asking(lambda: _ask_later(key, request, read), name, call)


async def _ask_later(key: str, request: dict[str, Any], read: Callable[[Any], Any]) -> Any:
    return read(await get_host().client.ask_async(key, request))


def _place_of_author() -> TracebackType | None:
    """The line outside of this package that is running now."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename.startswith(_OWN_FOLDER):
        if frame.f_back is None:
            return None
        frame = frame.f_back
    return TracebackType(None, frame, frame.f_lasti, frame.f_lineno)


def _is_on_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
