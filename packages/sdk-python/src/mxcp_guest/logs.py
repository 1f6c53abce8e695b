"""`print`, `sys.stdout`, `sys.stderr` and `logging` as messages on the wire, with the call they belong to."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import threading
from contextlib import nullcontext
from typing import Any

from mxcp_guest.current import current_call
from mxcp_guest.wire import Wire

_MAX_TEXT = 64 * 1024

# The host shows what is marked so whatever its log level is: its author asked for it.
PRINTED = "print"


def capture(wire: Wire) -> None:
    """Redirects what Python code writes. Raw writes to descriptors 1 and 2 reach the host's stderr without this."""
    sys.stdout = LogStream(wire, "stdout", 1, "info")
    sys.stderr = LogStream(wire, "stderr", 2, "warning")
    root = logging.getLogger()
    root.addHandler(WireHandler(wire))
    root.setLevel(logging.INFO)


def send_log(wire: Wire, level: str, text: str, logger: str | None = None) -> None:
    """Queues one log message, attributed to the current call."""
    if not wire.is_open:
        os.write(2, (text + "\n").encode("utf-8", "replace"))
        return
    call = current_call.get()
    message: dict[str, Any] = {"type": "log", "level": level, "text": _cut(text)}
    if logger is not None:
        message["logger"] = logger
    if call is not None:
        message["call"] = call.number
    with call or nullcontext():
        wire.log(json.dumps(message).encode())


class LogStream(io.TextIOBase):
    """A text stream whose lines become log messages; each call has its own unfinished line."""

    def __init__(self, wire: Wire, name: str, descriptor: int, level: str) -> None:
        self._wire = wire
        self._descriptor = descriptor
        self._level = level
        self._partial_lines: dict[str, str] = {}
        self._lock = threading.Lock()
        self.name = f"<{name}>"
        self.buffer = _Bytes(self)

    encoding = "utf-8"
    errors = "replace"
    newlines = None
    line_buffering = True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        call = current_call.get()
        with call or nullcontext():
            with self._lock:
                held = call.partial_lines if call is not None else self._partial_lines
                *lines, rest = (held.get(self.name, "") + text).split("\n")
                held[self.name] = rest
        for line in lines:
            send_log(self._wire, self._level, line, PRINTED)
        return len(text)

    def flush(self) -> None:
        # Progress bars flush after every few characters: an unfinished line waits for its end, or the end of its call.
        if current_call.get() is None:
            self.end_line()

    def end_line(self) -> None:
        """Sends the unfinished line of the current call."""
        call = current_call.get()
        held = call.partial_lines if call is not None else self._partial_lines
        rest = held.pop(self.name, "")
        if rest:
            send_log(self._wire, self._level, rest, PRINTED)

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def reconfigure(self, **_options: Any) -> None:
        """Accepted, without effect: programs call it to choose UTF-8, which this is."""


class _Bytes(io.RawIOBase):
    """``sys.stdout.buffer``."""

    def __init__(self, stream: LogStream) -> None:
        self._stream = stream

    def write(self, data: Any) -> int:
        self._stream.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()


class WireHandler(logging.Handler):
    """Sends log records, with the name of their logger."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def handle(self, record: logging.LogRecord) -> Any:
        # A cancellation that surfaced between taking the handler's lock and giving it back would stop all logging.
        with current_call.get() or nullcontext():
            return super().handle(record)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            send_log(self._wire, _level_of(record.levelno), self.format(record), record.name)
        except Exception:
            self.handleError(record)


def _level_of(number: int) -> str:
    if number >= logging.ERROR:
        return "error"
    if number >= logging.WARNING:
        return "warning"
    return "info" if number >= logging.INFO else "debug"


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…"
