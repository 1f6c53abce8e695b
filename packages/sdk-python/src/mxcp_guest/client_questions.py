"""What handlers ask of the client of their call."""

from __future__ import annotations

import asyncio
from typing import Any

from mxcp._errors import Suspended
from mxcp_guest.current import current_call
from mxcp_guest.questions import Questions


class ClientQuestions:
    """Questions whose answer the host may not have yet: then the call ends, and the host runs it again later."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def ask(self, key: str, request: dict[str, Any]) -> Any:
        return _answer_in(self._questions.ask(_message(key, request)).value)

    async def ask_async(self, key: str, request: dict[str, Any]) -> Any:
        return _answer_in((await self._questions.ask_async(_message(key, request))).value)


def report_on_loop(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What an event loop says about tasks that nobody awaited; of those that wait for a client there is nothing to say."""
    if not isinstance(context.get("exception"), Suspended):
        loop.default_exception_handler(context)


def _message(key: str, request: dict[str, Any]) -> dict[str, Any]:
    return {"type": "ask", "key": key, "request": request}


def _answer_in(reply: dict[str, Any]) -> Any:
    if not reply.get("waiting"):
        return reply["answer"]
    call = current_call.get()
    if call is not None:
        call.is_suspended = True
    raise Suspended
