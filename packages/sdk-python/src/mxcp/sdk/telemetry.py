"""Spans and metrics: they can be used as with the original, and go nowhere."""

from __future__ import annotations

from contextlib import ContextDecorator
from typing import Any


class Span:
    """Accepts what OpenTelemetry's spans accept, and keeps nothing."""

    def set_attribute(self, key: str, value: Any) -> None: ...

    def set_attributes(self, attributes: Any) -> None: ...

    def add_event(self, name: str, attributes: Any = None, timestamp: Any = None) -> None: ...

    def record_exception(self, exception: BaseException, *_args: Any, **_options: Any) -> None: ...

    def set_status(self, status: Any, description: str | None = None) -> None: ...

    def update_name(self, name: str) -> None: ...

    def is_recording(self) -> bool:
        return False

    def end(self, end_time: Any = None) -> None: ...


class traced_operation(ContextDecorator):
    """``with traced_operation("name") as span:``; also with ``async with`` and as a decorator."""

    def __init__(self, name: str, attributes: Any = None, kind: Any = None, **_options: Any) -> None:
        self.name = name

    def __enter__(self) -> Span:
        return Span()

    def __exit__(self, *_error: Any) -> None: ...

    async def __aenter__(self) -> Span:
        return Span()

    async def __aexit__(self, *_error: Any) -> None: ...


class time_histogram(traced_operation):
    """``with time_histogram("name"):``"""


def get_current_span() -> Span:
    return Span()


def get_current_trace_id() -> str | None:
    return None


def get_current_span_id() -> str | None:
    return None


def set_span_attribute(key: str, value: Any) -> None: ...


def record_exception(exception: BaseException, *_args: Any, **_options: Any) -> None: ...


def record_counter(name: str, value: float = 1, attributes: Any = None, **_options: Any) -> None: ...


def record_histogram(name: str, value: float = 0, attributes: Any = None, **_options: Any) -> None: ...


def record_gauge(name: str, value: float = 0, attributes: Any = None, **_options: Any) -> None: ...


def increment_gauge(name: str, value: float = 1, attributes: Any = None, **_options: Any) -> None: ...


def decrement_gauge(name: str, value: float = 1, attributes: Any = None, **_options: Any) -> None: ...
