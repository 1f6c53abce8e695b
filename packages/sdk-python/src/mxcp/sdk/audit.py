"""External calls that a handler makes, as lines of the log."""

from __future__ import annotations

import time
from typing import Any

from mxcp._host import find_host


class ExecutionEventSpan:
    """When an external call began."""

    def __init__(self) -> None:
        self.started_at = time.time()
        self._started = time.perf_counter()

    @property
    def duration_ms(self) -> float:
        """Milliseconds until now."""
        return (time.perf_counter() - self._started) * 1000


def begin_execution_event() -> ExecutionEventSpan:
    return ExecutionEventSpan()


def add_execution_event(
    *,
    span: ExecutionEventSpan | None = None,
    status: str = "success",
    target: str = "",
    operation: str = "",
    summary: str | None = None,
    error: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Writes one debug line with target, operation, status and duration; nothing outside of calls.

    ``summary``, ``error`` and ``details`` are accepted and not shown: they may hold what nobody should read in a log.
    """
    host = find_host()
    if host is None or host.find_call() is None:
        return
    took = "" if span is None else f" in {span.duration_ms:.0f} ms"
    what = " ".join(part for part in (target, operation) if part) or "external call"
    host.log("debug", f"{what}: {status}{took}")
