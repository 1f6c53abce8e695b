"""``mcp`` and ``progress``: what the client is told and asked while a call runs."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Mapping, Sequence

from mxcp._context import client_of
from mxcp._host import get_call, get_host
from mxcp._json import json_value
from mxcp._questions import ABILITIES, ask_form, ask_model, ask_roots, ask_url

if TYPE_CHECKING:
    from mxcp._answers import Answer, Root, Sample

    class AnswerNow(Answer, Coroutine[Any, Any, Answer]): ...

    class SampleNow(Sample, Coroutine[Any, Any, Sample]): ...

    class RootsNow(list[Root], Coroutine[Any, Any, list[Root]]): ...


class Sent(Coroutine[Any, Any, None]):
    """Something that is done already and may still be awaited, or be given to ``asyncio.run``."""

    def send(self, _value: Any) -> Any:
        raise StopIteration

    def throw(self, *error: Any) -> Any:
        raise error[0]

    def close(self) -> None: ...

    def __await__(self) -> Any:
        return self

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        raise StopIteration


class Mcp:
    """Messages and questions to the client of the running call. A client that did not ask is told nothing.

    ``await mcp.info("…")`` and ``mcp.info("…")`` do the same. Questions give their answer at once in plain functions; in
    an ``async def`` they have to be awaited. A handler whose question has no answer yet is ended, and runs again from its
    first line with the answer: ask before you change anything, and name the same question by the same key.
    """

    def debug(self, message: Any, **extra: Any) -> Sent:
        return _notify("debug", message, extra)

    def info(self, message: Any, **extra: Any) -> Sent:
        return _notify("info", message, extra)

    def warning(self, message: Any, **extra: Any) -> Sent:
        return _notify("warning", message, extra)

    def error(self, message: Any, **extra: Any) -> Sent:
        return _notify("error", message, extra)

    def progress(
        self,
        progress: float | None = None,
        total: float | None = None,
        message: str | None = None,
        *,
        current: float | None = None,
    ) -> Sent:
        """How far the call has come, of ``total`` if that is known. ``current`` is another name of the first argument."""
        done = current if progress is None else progress
        if done is None:
            raise TypeError("progress needs a number: how far the call has come.")
        sent: dict[str, Any] = {"type": "progress", "progress": _number(done)}
        if total is not None:
            sent["total"] = _number(total)
        if message is not None:
            sent["message"] = str(message)
        get_host().client.tell(sent)
        return Sent()

    def elicit(self, key: str, message: str, schema: Any) -> AnswerNow:
        """Asks the user to fill in a form. ``schema`` is flat JSON Schema of an object, or a class with flat fields."""
        return ask_form(key, message, schema)

    def elicit_url(self, key: str, message: str, url: str) -> AnswerNow:
        """Asks the user to visit a page, for what must not pass through the client."""
        return ask_url(key, message, url)

    def sample(self, key: str, request: str | Mapping[str, Any] | Sequence[Any], **options: Any) -> SampleNow:
        """Asks the client's model. ``request`` is a text, or a list of ``{role, content}``; options are those of MCP:
        ``max_tokens`` (1000 when left out), ``system_prompt``, ``temperature``, ``model_preferences`` and others."""
        return ask_model(key, request, options)

    def list_roots(self, key: str = "roots") -> RootsNow:
        """The folders that the client works in."""
        return ask_roots(key)

    def can(self, ability: str) -> bool:
        """Whether the client of the running call can be asked: ``elicit``, ``elicit-url``, ``sample`` or ``roots``."""
        if ability not in ABILITIES:
            raise ValueError(f"{ability!r} is nothing that clients are asked. There are {', '.join(ABILITIES)}.")
        client = client_of(get_call("mcp.can").context or {})
        return client is not None and ability in client.abilities

    def tools_changed(self) -> Sent:
        """Clients that want to know read the list of tools again. Works outside of calls too, like the other three."""
        return _announce({"kind": "tools"})

    def prompts_changed(self) -> Sent:
        return _announce({"kind": "prompts"})

    def resources_changed(self) -> Sent:
        return _announce({"kind": "resources"})

    def resource_updated(self, uri: str) -> Sent:
        """Clients that have subscribed to the resource read it again."""
        if not isinstance(uri, str):
            raise TypeError(f"mcp.resource_updated takes a URI as text, not {type(uri).__name__}.")
        return _announce({"kind": "resource", "uri": uri})


def _announce(change: dict[str, Any]) -> Sent:
    get_host().client.announce(change)
    return Sent()


def _notify(level: str, message: Any, extra: dict[str, Any]) -> Sent:
    logger = extra.pop("logger_name", None) or extra.pop("logger", None)
    data = {"message": message, **extra} if extra else message
    sent = {"type": "notify", "level": level, "data": _data(data)}
    if logger is not None:
        sent["logger"] = str(logger)
    get_host().client.tell(sent)
    return Sent()


def _data(data: Any) -> Any:
    """A message must not fail a call: what has no JSON form is shown as text."""
    try:
        return json_value(data, "a message")
    except (TypeError, ValueError):
        if isinstance(data, dict):
            return {str(key): _data(value) for key, value in data.items()}
        return str(data)


def _number(value: Any) -> float:
    number = value if type(value) in (int, float) else float(value)
    if number - number != 0:
        raise ValueError(f"progress cannot be {number}.")
    return number
