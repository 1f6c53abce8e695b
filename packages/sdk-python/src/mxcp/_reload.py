"""``reload_duckdb``."""

from __future__ import annotations

import inspect
from typing import Any, Callable

from mxcp._host import get_call, get_host


def reload_duckdb(payload_func: Callable[[], Any] | None = None, description: str = "") -> None:
    """Asks for a reload and returns at once; it begins when the running calls have ended.

    ``payload_func``, plain or ``async def``, runs while the database is closed, so that other programs can open its file.
    It runs in this process after the shutdown hooks; ``db`` does not work in it. Its errors go to the log, and the server
    serves again in any case.
    """
    if payload_func is not None and not callable(payload_func):
        raise ValueError(f"payload_func must be a function, not {type(payload_func).__name__}.")
    if payload_func is not None and not _takes_nothing(payload_func):
        raise TypeError("payload_func is called without arguments, and this function needs some. Wrap it in a lambda.")
    get_call("reload_duckdb")
    host = get_host()
    if not host.can_reload:
        raise RuntimeError("Nothing can be reloaded here: this is not a server, and no command that ends with a reload.")
    question: dict[str, Any] = {"type": "reload", "description": str(description)}
    if payload_func is not None:
        question["payload"] = host.offer(payload_func)
    host.ask(question)


def _takes_nothing(function: Callable[..., Any]) -> bool:
    """Also when Python cannot tell, as for some functions written in C."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return True
    try:
        signature.bind()
    except TypeError:
        return False
    return True
