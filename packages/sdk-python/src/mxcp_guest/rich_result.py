"""Results that are more than a value: content blocks, blocks beside a value, bytes."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from types import GeneratorType
from typing import Any, NamedTuple

from mxcp._blocks import ContentBlock, ContentResult
from mxcp_guest.flatten import Flattener

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Value(NamedTuple):
    """A value that is there, be it None."""

    value: Any


@dataclass(frozen=True)
class RichResult:
    value: Value | None
    """None when the blocks are the whole result."""
    fields: dict[str, Any]
    """What stands beside the value in the message; plain JSON."""


def read_rich_result(value: Any) -> RichResult | None:
    """None for a value that is nothing but itself."""
    if isinstance(value, ContentBlock):
        return RichResult(None, {"content": [value.model_dump()]})
    if isinstance(value, ContentResult):
        return _read_result(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return RichResult(Value(base64.b64encode(value).decode()), {"isBytes": True})
    if isinstance(value, GeneratorType):
        value = list(value)
        return _read_list(value) or RichResult(Value(value), {})
    return _read_list(value) if type(value) in (list, tuple) else None


def _read_result(result: ContentResult) -> RichResult:
    fields: dict[str, Any] = {"content": _blocks_of(result.blocks)} if result.blocks or not result.has_value else {}
    if result.meta is not None:
        fields["meta"] = result.meta
    return RichResult(Value(result.value) if result.has_value else None, fields)


def _read_list(items: Any) -> RichResult | None:
    if any(isinstance(item, ContentBlock) for item in items):
        return RichResult(None, {"content": _blocks_of(items)})
    if items and all(_is_message(item) for item in items):
        return RichResult(Value([_written_message(item) for item in items]), {})
    return None


def _blocks_of(items: Any) -> list[dict[str, Any]]:
    return [_block_of(item, index) for index, item in enumerate(items)]


def _block_of(item: Any, index: int) -> dict[str, Any]:
    if isinstance(item, ContentBlock):
        return item.model_dump()
    flat = Flattener().flatten(item, (index, None))
    return {"type": "text", "text": flat if isinstance(flat, str) else _encode(flat)}


def _is_message(item: Any) -> bool:
    """Whether it is a message of a prompt: ``{role, content}``."""
    return type(item) is dict and item.keys() == {"role", "content"}


def _written_message(item: dict[str, Any]) -> dict[str, Any]:
    content = item["content"]
    return {**item, "content": content.model_dump()} if isinstance(content, ContentBlock) else item
