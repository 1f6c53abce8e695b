"""``mcp`` and ``progress``: what the client is told while a call runs."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from mxcp._host import get_host
from mxcp._json import json_value


class Sent(Coroutine[Any, Any, None]):
    """Something that is done already and may still be awaited, or be given to ``asyncio.run``."""

    def send(self, _value: Any) -> Any:
        raise StopIteration

    def throw(self, *error: Any) -> Any:
        raise error[0]

    def close(self) -> None: ...

    def __await__(self) -> Any:
        return self

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        raise StopIteration


class Mcp:
    """Messages to the client of the running call. A client that did not ask is told nothing; outside of calls nobody is.

    ``await mcp.info("…")`` and ``mcp.info("…")`` do the same.
    """

    def debug(self, message: Any, **extra: Any) -> Sent:
        return _notify("debug", message, extra)

    def info(self, message: Any, **extra: Any) -> Sent:
        return _notify("info", message, extra)

    def warning(self, message: Any, **extra: Any) -> Sent:
        return _notify("warning", message, extra)

    def error(self, message: Any, **extra: Any) -> Sent:
        return _notify("error", message, extra)

    def progress(
        self,
        progress: float | None = None,
        total: float | None = None,
        message: str | None = None,
        *,
        current: float | None = None,
    ) -> Sent:
        """How far the call has come, of ``total`` if that is known. ``current`` is another name of the first argument."""
        done = current if progress is None else progress
        if done is None:
            raise TypeError("progress needs a number: how far the call has come.")
        sent: dict[str, Any] = {"type": "progress", "progress": _number(done)}
        if total is not None:
            sent["total"] = _number(total)
        if message is not None:
            sent["message"] = str(message)
        get_host().tell_client(sent)
        return Sent()


def _notify(level: str, message: Any, extra: dict[str, Any]) -> Sent:
    logger = extra.pop("logger_name", None) or extra.pop("logger", None)
    data = {"message": message, **extra} if extra else message
    sent = {"type": "notify", "level": level, "data": _data(data)}
    if logger is not None:
        sent["logger"] = str(logger)
    get_host().tell_client(sent)
    return Sent()


def _data(data: Any) -> Any:
    """A message must not fail a call: what has no JSON form is shown as text."""
    try:
        return json_value(data, "a message")
    except (TypeError, ValueError):
        if isinstance(data, dict):
            return {str(key): _data(value) for key, value in data.items()}
        return str(data)


def _number(value: Any) -> float:
    number = value if type(value) in (int, float) else float(value)
    if number - number != 0:
        raise ValueError(f"progress cannot be {number}.")
    return number
