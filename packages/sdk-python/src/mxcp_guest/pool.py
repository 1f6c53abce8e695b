"""Threads that take turns reading the wire; whoever reads a plain call runs it, and another one reads on."""

from __future__ import annotations

import threading
from collections import deque
from typing import Callable, NamedTuple

from mxcp_guest.wire import Wire

_MAX_RUNNING = 64


class Job(NamedTuple):
    """What one message asks for."""

    run: Callable[[], None]
    is_limited: bool
    """Whether it is one of the calls of which only so many run at once."""


class Pool:
    """A call runs in the very thread that read it, so it crosses no queue.

    There is always one thread left to read: replies, cancellations and pings never wait for a handler. Plain calls
    beyond 64 wait until one ends; SQL functions never do, since a running call may be waiting for one.
    """

    def __init__(self, wire: Wire, dispatch: Callable[[bytes, bytearray | None], Job | None], on_end: Callable[[], None]) -> None:
        self._wire = wire
        self._dispatch = dispatch
        self._on_end = on_end
        self._turn = threading.Lock()
        self._counts = threading.Lock()
        self._idle = 0
        self._running = 0
        self._backlog: deque[Job] = deque()

    def start(self) -> None:
        self._spawn()

    def _spawn(self) -> None:
        with self._counts:
            self._idle += 1
        threading.Thread(target=self._work, name="mxcp-worker", daemon=True).start()

    def _work(self) -> None:
        job = self._read()
        while job is not None:
            job.run()
            job = self._next(job)

    def _next(self, done: Job) -> Job | None:
        with self._counts:
            if done.is_limited:
                if self._backlog:
                    return self._backlog.popleft()
                self._running -= 1
            self._idle += 1
        return self._read()

    def _read(self) -> Job | None:
        with self._turn:
            with self._counts:
                self._idle -= 1
            while True:
                received = self._wire.read()
                if received is None:
                    self._on_end()
                    return None
                job = self._dispatch(*received)
                if job is not None and self._admit(job):
                    break
        return job

    def _admit(self, job: Job) -> bool:
        with self._counts:
            if job.is_limited:
                if self._running >= _MAX_RUNNING:
                    self._backlog.append(job)
                    return False
                self._running += 1
            is_last = self._idle == 0
        if is_last:
            self._spawn()
        return True
