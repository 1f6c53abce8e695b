"""Questions to the client of the running call, for plain and async functions alike."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Callable

from mxcp._host import get_call, get_host


class Asking(Coroutine[Any, Any, Any]):
    """A question that an ``async def`` has to await; ``asyncio.gather`` and ``asyncio.create_task`` take it too."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], name: str) -> None:
        self._coroutine = coroutine
        self._name = name

    def send(self, value: Any) -> Any:
        return self._coroutine.send(value)

    def throw(self, *error: Any) -> Any:
        return self._coroutine.throw(*error)

    def close(self) -> None:
        self._coroutine.close()

    def __await__(self) -> Any:
        return self._coroutine.__await__()

    def __getattr__(self, attribute: str) -> Any:
        raise AttributeError(f"There is no {attribute} yet: in an async function write `await {self._name}(...)`.")


def ask_client(name: str, key: str, request: dict[str, Any], read: Callable[[Any], Any]) -> Any:
    """What ``read`` makes of the answer: at once in a plain function, when awaited on an event loop.

    ``name`` is what user code calls the question, for messages.
    """
    get_call(name)
    if not isinstance(key, str):
        raise TypeError(f"The key of a question is text, not {type(key).__name__}.")
    if not _is_on_loop():
        return read(get_host().client.ask(key, request))
    coroutine = _ask_later(key, request, read)
    # What Python warns of when nobody awaits it.
    coroutine.__qualname__ = name
    return Asking(coroutine, name)


async def _ask_later(key: str, request: dict[str, Any], read: Callable[[Any], Any]) -> Any:
    return read(await get_host().client.ask_async(key, request))


def _is_on_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
