"""Looks at everything with a Python client; what differs between the two is in their drivers."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

import anyio
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel
from report import report

Json = Any
OnProgress = Callable[[float, float | None, str | None], Awaitable[None]]


class Seen(Protocol):
    """What both clients can do, with plain JSON as results."""

    logs: list[Json]
    asked: list[Json]

    async def connection(self) -> Json: ...
    async def lists(self) -> Json: ...
    async def call(self, name: str, arguments: Json, on_progress: OnProgress | None = None) -> Json: ...
    async def read(self, uri: str) -> Json: ...
    async def prompt(self, name: str, arguments: dict[str, str]) -> Json: ...
    async def complete(self, prompt: str, argument: dict[str, str]) -> Json: ...


async def check_with(client: Seen, task: Mapping[str, Any]) -> None:
    async def image() -> Json:
        return (await client.call("draw", {}))["content"]

    async def binary() -> Json:
        return {"fixed": await client.read("interop://pixel"), "template": await client.read("interop://dots/one")}

    async def roots() -> Json:
        return text_of(await client.call("show_folders", {}))

    async def structured() -> Json:
        return {
            "object": await client.call("find_order", {"id": 2}),
            "list": await client.call("list_orders", {"least": 5}),
        }

    await report(
        task,
        {
            "connect": client.connection,
            "list": client.lists,
            "call": lambda: client.call("greet", {"name": "Ada"}),
            "error": lambda: errors(client),
            "structured": structured,
            "image": image,
            "resource": lambda: client.read("interop://about"),
            "template": lambda: client.read("interop://notes/S%C3%A3o%20Paulo%2F5%25"),
            "binary": binary,
            "prompt": lambda: client.prompt("summarize", {"region": "EMEA", "words": "20"}),
            "completion": lambda: client.complete("summarize", {"name": "region", "value": "am"}),
            "progress": lambda: progress(client),
            "log": lambda: log(client),
            "cancellation": lambda: cancellation(client),
            "elicitation": lambda: elicitation(client),
            "sampling": lambda: sampling(client),
            "roots": roots,
        },
    )


def plain(model: BaseModel) -> Json:
    """A model of the protocol as it is on the wire."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def errors(client: Seen) -> Json:
    return {
        "ofHandler": await client.call("find_order", {"id": 42}),
        "ofArguments": await client.call("find_order", {"id": 0, "ids": 1}),
        "unknownTool": await failure_of(client.call("find_nothing", {})),
        "unknownResource": await failure_of(client.read("interop://nowhere")),
    }


async def failure_of(answer: Awaitable[object]) -> Json:
    try:
        await answer
    except MCPError as error:
        return {"code": error.error.code, "message": error.error.message}
    return "none"


async def progress(client: Seen) -> Json:
    reports: list[Json] = []

    async def keep(progress: float, total: float | None, message: str | None) -> None:
        # JSON of 1.0 is not that of 1.
        reports.append([int(progress), None if total is None else int(total), message])

    result = await client.call("count_slowly", {}, keep)
    # Where reports come fast the server leaves some between the first and the last out, and a busy machine is late.
    return {"first": reports[0], "last": reports[-1], "content": result["content"]}


async def log(client: Seen) -> Json:
    client.logs.clear()
    await client.call("count_slowly", {})
    return list(client.logs)


async def cancellation(client: Seen) -> Json:
    key = str(uuid.uuid4())
    states: list[str] = []

    async def give_up_when_it_waits(scope: anyio.CancelScope) -> None:
        states.append(await state_after(client, key, "unknown"))
        scope.cancel()

    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as scope:
            group.start_soon(give_up_when_it_waits, scope)
            await client.call("wait_long", {"key": key})
        states.append("given up" if scope.cancelled_caught else "answered")
    states.append(await state_after(client, key, "waiting"))
    return states


async def state_after(client: Seen, key: str, before: str) -> str:
    while True:
        state = text_of(await client.call("was_cancelled", {"key": key}))
        if state != before:
            return state
        await anyio.sleep(0.05)


async def elicitation(client: Seen) -> Json:
    client.asked.clear()
    accepted = text_of(await client.call("book_seats", {"show": "Hamlet"}))
    declined = text_of(await client.call("book_seats", {"show": "Macbeth"}))
    return {"asked": list(client.asked), "accepted": accepted, "declined": declined}


async def sampling(client: Seen) -> Json:
    client.asked.clear()
    answer = text_of(await client.call("translate", {"text": "hello"}))
    return {"asked": list(client.asked), "answer": answer}


def text_of(result: Json) -> str:
    return "".join(block["text"] for block in result["content"])
