"""The guest process from its first message to its end."""

from __future__ import annotations

import asyncio
import atexit
import gc
import inspect
import itertools
import json
import logging
import os
import queue
import signal
import sys
from typing import Any, Callable, Iterable

import mxcp
from mxcp import _host, _hooks
from mxcp_guest.calls import Call
from mxcp_guest.client_link import ClientLink, report_on_loop
from mxcp_guest.current import find_call
from mxcp_guest.database import DatabaseClient
from mxcp_guest.failures import describe_failure
from mxcp_guest.handlers import Handler, resolve_handler
from mxcp_guest.loader import Loader
from mxcp_guest.logs import capture, send_log
from mxcp_guest.plugin_loader import LoadedPlugins
from mxcp_guest.pool import Job, Pool
from mxcp_guest.questions import Questions
from mxcp_guest.runner import Runner
from mxcp_guest.wire import Wire

_WIRE_DESCRIPTOR = 3
NamedHook = tuple[str, Callable[[], Any]]
# Seconds; Python's default is five times that. Whoever reads the wire competes with handlers that compute.
_SWITCH_INTERVAL = 0.001


def run(python_folder: str = "", plugins_folder: str = "") -> None:
    """Serves until the host says `stop` or is gone. Takes over the main thread, which runs the event loop."""
    wire = Wire(_WIRE_DESCRIPTOR)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    _ignore_signals()
    capture(wire)
    _check_own_package()
    Guest(wire, python_folder, plugins_folder).serve()


class Guest:
    """Implements `mxcp._host.Host` for the code it runs."""

    def __init__(self, wire: Wire, python_folder: str, plugins_folder: str) -> None:
        self._wire = wire
        self._folders = (python_folder, plugins_folder)
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(report_on_loop)
        self._questions = Questions(wire)
        self.database = DatabaseClient(self._questions)
        self.client = ClientLink(self._questions, wire)
        self._runner = Runner(wire, self._loop)
        self._handlers: list[Handler | None] = []
        self._loaded: LoadedPlugins | None = None
        self._offered: dict[int, Callable[[], Any]] = {}
        self._numbers = itertools.count(1)
        self._start: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._payloads: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._is_stopping = False
        self._is_held = False
        self.config: dict[str, Any] = {}
        self.plugins: dict[str, Any] = {}
        self.can_reload = False

    def find_call(self) -> Call | None:
        return find_call()

    def ask(self, message: dict[str, Any]) -> Any:
        return self._questions.ask(message).value

    async def ask_async(self, message: dict[str, Any]) -> Any:
        return (await self._questions.ask_async(message)).value

    def log(self, level: str, text: str) -> None:
        send_log(self._wire, level, text)

    def offer(self, function: Callable[[], Any]) -> int:
        number = next(self._numbers)
        self._offered[number] = function
        return number

    def serve(self) -> None:
        _host.install(self)
        # Reading starts before modules load: their top-level code and the hooks may use the database.
        Pool(self._wire, self._dispatch, on_end=lambda: os._exit(0)).start()
        self._send(self._load(self._start.get()))
        while not self._is_stopping:
            try:
                self._loop.run_forever()
            except BaseException as error:
                # A background task of user code called sys.exit: the other calls go on.
                logging.getLogger("mxcp").error(describe_failure(error)["message"])
        hooks = self._run_hooks(_named(reversed(_hooks.shutdown_hooks)))
        if self._loaded is not None:
            hooks += self._run_hooks(self._loaded.endings)
        if self._is_held:
            self._questions.close()
            self._send({"type": "stopped", "hooks": hooks})
            self._run_payloads()
        self._send({"type": "stopped", "hooks": hooks})
        # Threads that user code left running would keep an ordinary exit waiting.
        atexit._run_exitfuncs()
        os._exit(0)

    def _dispatch(self, line: bytes, data: bytearray | None) -> Job | None:
        """Deals with a message; gives the work of a plain call to the thread that asks. Never blocks."""
        message = json.loads(line)
        kind = message["type"]
        if kind == "call":
            return self._begin(message)
        if kind == "reply":
            self._questions.on_reply(message, data)
        elif kind == "cancel":
            self._runner.cancel(message["id"])
        elif kind == "ping":
            # By way of the loop: a guest whose loop is blocked cannot serve its async calls any more.
            self._loop.call_soon_threadsafe(self._send, {"type": "pong", "id": message["id"]})
        elif kind == "start":
            self._start.put(message)
        elif kind == "apply":
            return self._begin_chunk(message)
        elif kind == "payload":
            self._payloads.put(message["payload"])
        elif kind == "stop":
            self._is_held = message.get("hold", False)
            self._is_stopping = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        return None

    def _begin(self, message: dict[str, Any]) -> Job | None:
        handler = self._handlers[message["handler"]]
        if handler is None:
            error = {"type": "LookupError", "message": "The handler of this endpoint could not be loaded."}
            self._runner.refuse(message["id"], error)
            return None
        call = Call(message["id"], handler, message["args"], message["call"], message.get("context"))
        self._runner.add(call)
        if handler.is_async:
            self._runner.run_async(call)
            return None
        return Job(lambda: self._runner.run_plain(call), is_limited=True)

    def _begin_chunk(self, message: dict[str, Any]) -> Job:
        function = self._loaded.functions[message["function"]]  # type: ignore[union-attr]
        columns: list[list[Any]] = message["columns"]
        rows = len(columns[0]) if columns else message.get("rows", 1)
        call = Call(message["id"], function, {})
        self._runner.add(call)
        return Job(lambda: self._runner.run_chunk(call, function, columns, rows), is_limited=False)

    def _load(self, start: dict[str, Any]) -> dict[str, Any]:
        self.config = start["config"]
        self.can_reload = start["canReload"]
        loader = Loader(start["root"], *self._folders)
        plugins = self._loaded = LoadedPlugins(loader)
        self.plugins = plugins.by_name
        plugins.load(start["plugins"])
        sources: list[Any] = []
        failures: list[dict[str, Any]] = []
        for index, module in enumerate(start["modules"]):
            try:
                sources.append(loader.load(module))
            except BaseException as error:
                sources.append(None)
                failures.append({"module": index, "error": describe_failure(error, loader.folders)})
        faults = self._resolve(start["handlers"], sources)
        hooks = self._run_hooks(_named(_hooks.init_hooks))
        return {
            "type": "started",
            "modules": failures,
            "handlers": faults,
            "plugins": plugins.faults,
            "functions": plugins.described_functions,
            "hooks": hooks,
        }

    def _resolve(self, declared: list[dict[str, Any]], sources: list[Any]) -> list[dict[str, Any]]:
        faults: list[dict[str, Any]] = []
        for index, handler in enumerate(declared):
            source = sources[handler["module"]]
            try:
                self._handlers.append(None if source is None else resolve_handler(handler, source))
            except Exception as error:
                self._handlers.append(None)
                faults.append({"handler": index, "message": str(error.args[0]) if error.args else repr(error)})
        return faults

    def _run_hooks(self, hooks: list[NamedHook]) -> list[dict[str, Any]]:
        failures: list[dict[str, Any]] = []
        for name, hook in hooks:
            try:
                self._run_to_end(hook)
            except BaseException as error:
                failures.append({**describe_failure(error, []), "hook": name})
        return failures

    def _run_payloads(self) -> None:
        """Never returns: the host ends this process, or is gone."""
        while True:
            number = self._payloads.get()
            # A connection that user code forgot to close would still hold the database file.
            gc.collect()
            done: dict[str, Any] = {"type": "payload-done"}
            try:
                self._run_to_end(self._offered.pop(number))
            except BaseException as error:
                done["error"] = describe_failure(error)
            sys.stdout.flush()
            sys.stderr.flush()
            self._send(done)

    def _run_to_end(self, function: Callable[[], Any]) -> None:
        outcome = function()
        if inspect.isawaitable(outcome):
            self._loop.run_until_complete(outcome)

    def _send(self, message: dict[str, Any]) -> None:
        self._wire.send(json.dumps(message).encode())


def _named(hooks: Iterable[Callable[[], Any]]) -> list[NamedHook]:
    return [(getattr(hook, "__name__", repr(hook)), hook) for hook in hooks]


def _check_own_package() -> None:
    beside = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if os.path.dirname(os.path.dirname(os.path.abspath(mxcp.__file__ or ""))) != beside:
        sys.exit(f"The package mxcp was imported from {mxcp.__file__}, not from {beside}.")


def _ignore_signals() -> None:
    """The host decides when a guest ends. A handler, not SIG_IGN: subprocesses of user code would inherit that."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: None)
