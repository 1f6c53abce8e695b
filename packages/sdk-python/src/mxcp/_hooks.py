"""``on_init`` and ``on_shutdown``."""

from __future__ import annotations

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
