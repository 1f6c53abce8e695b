"""``on_init`` and ``on_shutdown``."""

from __future__ import annotations

import asyncio
import inspect
import logging
from typing import Any, Callable, TypeVar

Hook = TypeVar("Hook", bound=Callable[[], Any])

init_hooks: list[Callable[[], Any]] = []
shutdown_hooks: list[Callable[[], Any]] = []


def on_init(function: Hook) -> Hook:
    """Runs the function once after all modules are loaded, in the order of registration. ``async def`` works too."""
    init_hooks.append(function)
    return function


def on_shutdown(function: Hook) -> Hook:
    """Runs the function when the server ends, the last registered first. ``async def`` works too."""
    shutdown_hooks.append(function)
    return function


def run_init_hooks() -> None:
    """Runs the registered functions now, for tests of handlers without a server. Errors are logged."""
    _run(init_hooks)


def run_shutdown_hooks() -> None:
    """Like ``run_init_hooks``, the last registered first."""
    _run(list(reversed(shutdown_hooks)))


def _run(hooks: list[Callable[[], Any]]) -> None:
    for hook in list(hooks):
        try:
            outcome = hook()
            if inspect.isawaitable(outcome):
                asyncio.run(_finish(outcome))
        except Exception:
            logging.getLogger("mxcp.runtime").exception("The hook %s failed.", getattr(hook, "__name__", repr(hook)))


async def _finish(outcome: Any) -> None:
    await outcome
