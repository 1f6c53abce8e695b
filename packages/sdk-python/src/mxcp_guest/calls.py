"""One call: its state, and how it is stopped from outside."""

from __future__ import annotations

import ctypes
import sys
import threading
from typing import TYPE_CHECKING, Any, Callable

from mxcp.runtime import Cancelled

if TYPE_CHECKING:
    import asyncio

    from mxcp_guest.handlers import Handler
    from mxcp_guest.sql_function import SqlFunction


class Call:
    """A running call. A plain function is stopped by an exception raised in its thread, an async one through its task.

    The exception can surface between any two bytecodes of that thread, also in our own code that writes to the wire. So
    such code runs while the call is *held*: no exception is sent then, and one that was requested is raised afterwards.
    """

    def __init__(
        self,
        number: int,
        handler: Handler | SqlFunction,
        args: dict[str, Any],
        name: str = "",
        context: dict[str, Any] | None = None,
    ) -> None:
        self.number = number
        self.handler = handler
        self.args = args
        self.name = name
        self.context = context
        self.task: asyncio.Task[Any] | None = None
        self.is_cancelled = False
        self.is_suspended = False
        """Whether it waits for its client to answer: it is to end, and will run again."""
        self.unawaited: dict[Any, Any] = {}
        self.partial_lines: dict[str, str] = {}
        """Text printed without a line break so far, by stream name."""
        self.waiting: set[Callable[[], None]] = set()
        """What to call so that code which waits for the host looks up."""
        self._lock = threading.Lock()
        self._thread: int | None = None
        self._holds = 0
        self._is_sent = False
        self._has_begun = False

    @property
    def endpoint(self) -> str:
        return self.handler.endpoint

    def check_awaited(self) -> None:
        """Raises when the function has ended and forgot a question on the way: it went on as if it had an answer."""
        if self.unawaited and not self.is_suspended:
            raise next(iter(self.unawaited)).as_error()

    def begin_in_thread(self) -> bool:
        """Whether the call may run, in this thread; False when it was cancelled while it waited."""
        with self._lock:
            if self.is_cancelled:
                return False
            self._has_begun = True
            self._thread = threading.get_ident()
            return True

    def cancel(self) -> bool:
        """Stops the call as well as it can. True for a plain call that had not begun, and now never will."""
        with self._lock:
            if self.is_cancelled:
                return False
            self.is_cancelled = True
            if not self._has_begun and not self.handler.is_async:
                return True
            if self._thread is not None and self._holds == 0:
                self._is_sent = True
                _raise_in_thread(self._thread, Cancelled)
            waiting = list(self.waiting)
        for wake in waiting:
            wake()
        return False

    def leave_thread(self) -> None:
        """After this no exception is sent to the thread, and none is on its way."""
        with self._lock:
            if self._thread is not None and self._is_sent:
                _raise_in_thread(self._thread, None)
            self._thread = None

    def __enter__(self) -> None:
        """Holds the call, when this is its thread."""
        if self._thread != threading.get_ident():
            return
        with self._lock:
            self._holds += 1
            if not self._is_sent:
                return
            _raise_in_thread(threading.get_ident(), None)
            is_handled = _is_being_handled()
            if not is_handled:
                self._holds -= 1
        if not is_handled:
            raise Cancelled

    def __exit__(self, *_: object) -> None:
        if self._thread != threading.get_ident():
            return
        with self._lock:
            self._holds -= 1
            is_due = self.is_cancelled and not self._is_sent and self._holds == 0
            self._is_sent = self._is_sent or is_due
        if is_due:
            raise Cancelled


def _raise_in_thread(thread: int, kind: type[BaseException] | None) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(kind) if kind is not None else None
    )


def _is_being_handled() -> bool:
    """Whether this runs in an ``except`` or ``finally`` on the way out of the very cancellation."""
    error = sys.exc_info()[1]
    while error is not None:
        if isinstance(error, Cancelled):
            return True
        error = error.__context__
    return False
