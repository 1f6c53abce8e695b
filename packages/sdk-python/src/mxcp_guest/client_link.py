"""What handlers ask of the client of their call, and tell it."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from typing import Any

from mxcp._errors import Suspended
from mxcp_guest.current import current_call, find_call
from mxcp_guest.questions import Questions
from mxcp_guest.wire import Wire


class ClientLink:
    """Implements `mxcp._host.ClientAccess`."""

    def __init__(self, questions: Questions, wire: Wire) -> None:
        self._questions = questions
        self._wire = wire

    def ask(self, key: str, request: dict[str, Any]) -> Any:
        return _answer_in(self._questions.ask(_question(key, request)).value)

    async def ask_async(self, key: str, request: dict[str, Any]) -> Any:
        return _answer_in((await self._questions.ask_async(_question(key, request))).value)

    def tell(self, message: dict[str, Any]) -> None:
        call = find_call()
        if call is not None:
            line = json.dumps({"type": message["type"], "call": call.number, **message}).encode()
            with call:
                self._wire.send(line)

    def announce(self, change: dict[str, Any]) -> None:
        line = json.dumps({"type": "announce", "change": change}).encode()
        with current_call.get() or nullcontext():
            self._wire.send(line)


def report_on_loop(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What an event loop says about tasks that nobody awaited; of those that wait for a client there is nothing to say."""
    if not isinstance(context.get("exception"), Suspended):
        loop.default_exception_handler(context)


def _question(key: str, request: dict[str, Any]) -> dict[str, Any]:
    return {"type": "ask", "key": key, "request": request}


def _answer_in(reply: dict[str, Any]) -> Any:
    """Ends the call when the host has no answer yet: it runs the call again later."""
    if not reply.get("waiting"):
        return reply["answer"]
    call = current_call.get()
    if call is not None:
        call.is_suspended = True
    raise Suspended
