"""The questions of ``mcp``: how each is written for MCP, and its answer read."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence
from urllib.parse import urlsplit

from mxcp._answers import Answer, Root, Sample
from mxcp._asking import ask_client
from mxcp._blocks import ContentBlock
from mxcp._forms import read_form, schema_of
from mxcp._json import json_value

ABILITIES = ("elicit", "elicit-url", "sample", "sample-tools", "roots")

_SAMPLE_OPTIONS = {
    "include_context": "includeContext",
    "max_tokens": "maxTokens",
    "meta": "_meta",
    "metadata": "metadata",
    "model_preferences": "modelPreferences",
    "stop_sequences": "stopSequences",
    "system_prompt": "systemPrompt",
    "temperature": "temperature",
    "tool_choice": "toolChoice",
    "tools": "tools",
}
_WEB_PAGE = re.compile(r"https?://[^\s/?#\\]\S*\Z", re.IGNORECASE)
# MCP has no default for it.
_MAX_TOKENS = 1000


def ask_form(key: str, message: str, schema: Any) -> Any:
    name = "mcp.elicit"
    params = {"message": _text(message, name, "message"), "requestedSchema": json_value(schema_of(schema), name)}

    def read(value: Any) -> Answer:
        content = value.get("content")
        return Answer(value["action"], read_form(schema, content) if value["action"] == "accept" else None)

    return ask_client(name, key, {"method": "elicitation/create", "params": params}, read)


def ask_url(key: str, message: str, url: str) -> Any:
    name = "mcp.elicit_url"
    params = {"mode": "url", "message": _text(message, name, "message"), "url": _web_page(url, name)}
    request = {"method": "elicitation/create", "params": params}
    return ask_client(name, key, request, lambda value: Answer(value["action"]))


def ask_model(key: str, request: Any, options: Mapping[str, Any]) -> Any:
    name = "mcp.sample"
    params: dict[str, Any] = {"messages": _messages(request), "maxTokens": _MAX_TOKENS}
    for option, value in options.items():
        if option not in _SAMPLE_OPTIONS:
            raise TypeError(f"{name} has no option {option}. There are {', '.join(sorted(_SAMPLE_OPTIONS))}.")
        if value is not None:
            params[_SAMPLE_OPTIONS[option]] = json_value(value, name)
    return ask_client(name, key, {"method": "sampling/createMessage", "params": params}, _read_sample)


def ask_roots(key: str) -> Any:
    return ask_client("mcp.list_roots", key, {"method": "roots/list"}, _read_roots)


def _read_sample(value: Any) -> Sample:
    return Sample(value["role"], value["content"], value.get("model"), value.get("stopReason"))


def _read_roots(value: Any) -> list[Root]:
    return [Root(root["uri"], root.get("name")) for root in value["roots"]]


def _messages(request: Any) -> list[dict[str, Any]]:
    if isinstance(request, (str, ContentBlock, Mapping)) or not isinstance(request, Sequence):
        return [_message(request)]
    return [_message(item) for item in request]


def _message(item: Any) -> dict[str, Any]:
    if isinstance(item, Mapping) and "content" in item:
        content = item["content"]
        blocks = [_block(part) for part in content] if isinstance(content, (list, tuple)) else _block(content)
        return {**json_value({key: value for key, value in item.items() if key != "content"}, "mcp.sample"), "content": blocks}
    return {"role": "user", "content": _block(item)}


def _block(part: Any) -> dict[str, Any]:
    if isinstance(part, ContentBlock):
        return part.model_dump()
    if isinstance(part, str):
        return {"type": "text", "text": part}
    if isinstance(part, Mapping) and "type" in part:
        return json_value(dict(part), "mcp.sample")
    raise TypeError(
        f"mcp.sample takes text, content blocks, or a list of {{role, content}}, not {type(part).__name__}."
    )


def _web_page(url: Any, name: str) -> str:
    text = _text(url, name, "URL")
    try:
        parts = urlsplit(text)
        # Reading the port checks it.
        is_page = bool(_WEB_PAGE.match(text) and parts.hostname and (parts.port is None or parts.port >= 0))
    except ValueError:
        is_page = False
    if not is_page:
        raise ValueError(f"{name} takes the URL of a web page, which begins with https:// or http://.")
    return text


def _text(value: Any, name: str, what: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} takes its {what} as text, not {type(value).__name__}.")
    return value
