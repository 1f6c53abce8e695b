"""The guest's end of the wire: lines of JSON over one descriptor, both ways, some with raw bytes after them."""

from __future__ import annotations

import os
import re
import threading
from collections import deque
from typing import Any, Sequence

_CHUNK = 256 * 1024
_MAX_PENDING_LOGS = 10_000
_ANNOUNCED = re.compile(rb',"bytes":(\d+)}$')


class Wire:
    """Reads are for one thread at a time (whoever holds the turn of the pool); writes are for any thread."""

    def __init__(self, descriptor: int) -> None:
        # A duplicate is not inherited by subprocesses, and user code that uses number 3 for itself does no harm.
        self._descriptor = os.dup(descriptor)
        os.close(descriptor)
        os.set_blocking(self._descriptor, True)
        self._chunk = b""
        self._start = 0
        self._write_lock = threading.Lock()
        self._logs: deque[bytes] = deque()
        self._dropped_logs = 0
        self._log_wake = threading.Event()
        self._has_log_thread = False
        self.is_open = True
        self.is_abandoned = False
        """Whether this process is a fork of the guest."""
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._abandon)

    def read(self) -> tuple[bytes, bytearray | None] | None:
        """The next message and the raw bytes that follow it, or None when the host is gone."""
        line = self._read_line()
        if line is None:
            return None
        announced = _ANNOUNCED.search(line, max(0, len(line) - 32)) if line.endswith(b"}") else None
        if announced is None:
            return line, None
        data = self._read_bytes(int(announced[1]))
        return None if data is None else (line, data)

    def _read_line(self) -> bytes | None:
        parts: list[bytes] = []
        while True:
            end = self._chunk.find(b"\n", self._start)
            if end >= 0:
                parts.append(self._chunk[self._start : end])
                self._start = end + 1
                return parts[0] if len(parts) == 1 else b"".join(parts)
            parts.append(self._chunk[self._start :])
            self._start = 0
            try:
                self._chunk = os.read(self._descriptor, _CHUNK)
            except OSError:
                return None
            if not self._chunk:
                return None

    def _read_bytes(self, count: int) -> bytearray | None:
        """Read straight to where they stay: what columns are made of is never copied."""
        data = bytearray(count)
        here = self._chunk[self._start : self._start + count]
        data[: len(here)] = here
        self._start += len(here)
        view = memoryview(data)[len(here) :]
        while view:
            try:
                size = os.readv(self._descriptor, [view])
            except OSError:
                return None
            if size == 0:
                return None
            view = view[size:]
        return data

    def send(self, line: bytes, buffers: Sequence[Any] = ()) -> None:
        """Writes one message, after all log lines that came before it, and the raw bytes that it announces."""
        with self._write_lock:
            self._write(b"".join((*self._take_logs(), line, b"\n")))
            for buffer in buffers:
                self._write(buffer)

    def queue(self, line: bytes) -> None:
        """Adds a message that leaves together with the next one. Takes no lock."""
        self._logs.append(line + b"\n")

    def log(self, line: bytes) -> None:
        """Queues a log line. Never waits for the host: past a backlog of 10,000 lines they are counted and dropped."""
        if len(self._logs) >= _MAX_PENDING_LOGS:
            self._dropped_logs += 1
            return
        self._logs.append(line + b"\n")
        if not self._has_log_thread:
            self._has_log_thread = True
            threading.Thread(target=self._send_logs, name="mxcp-logs", daemon=True).start()
        self._log_wake.set()

    def _send_logs(self) -> None:
        while True:
            self._log_wake.wait()
            self._log_wake.clear()
            with self._write_lock:
                lines = self._take_logs()
                if lines:
                    self._write(b"".join(lines))

    def _take_logs(self) -> list[bytes]:
        lines: list[bytes] = []
        for _ in range(len(self._logs)):
            lines.append(self._logs.popleft())
        if self._dropped_logs:
            text = b'{"type":"log","level":"warning","text":"%d log lines were dropped."}\n' % self._dropped_logs
            self._dropped_logs = 0
            lines.append(text)
        return lines

    def _write(self, data: Any) -> None:
        if not self.is_open:
            return
        view = memoryview(data).cast("B")
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError:
            # The host is gone, or user code closed the descriptor: then the thread that reads would never notice.
            os._exit(1)

    def _abandon(self) -> None:
        # In a forked child: the wire belongs to the parent, and the locks may be held by threads that do not exist here.
        self.is_open = False
        self.is_abandoned = True
        self._write_lock = threading.Lock()
        os.close(self._descriptor)
