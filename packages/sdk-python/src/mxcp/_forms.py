"""Schemas of elicitations: a dict as it stands, or a class with flat fields."""

from __future__ import annotations

import dataclasses
import types
from collections import abc
from datetime import date, datetime
from enum import Enum
from typing import Any, Callable, Literal, Mapping, Union, get_args, get_origin, get_type_hints

_KINDS: tuple[tuple[type, dict[str, str]], ...] = (
    (bool, {"type": "boolean"}),
    (int, {"type": "integer"}),
    (float, {"type": "number"}),
    (str, {"type": "string"}),
    (datetime, {"type": "string", "format": "date-time"}),
    (date, {"type": "string", "format": "date"}),
)


def schema_of(schema: Any) -> Mapping[str, Any]:
    """The JSON Schema that the client gets. A dict goes to it unchanged; classes are dataclasses or pydantic models."""
    if isinstance(schema, dict):
        return schema
    if not isinstance(schema, type):
        raise TypeError(f"mcp.elicit takes a schema as a dict, or a class with flat fields, not {type(schema).__name__}.")
    if callable(getattr(schema, "model_json_schema", None)):
        return _schema_of_model(schema)
    if dataclasses.is_dataclass(schema):
        return _schema_of_dataclass(schema)
    raise TypeError(f"mcp.elicit takes dataclasses and pydantic models; {schema.__qualname__} is neither.")


def read_form(schema: Any, content: Any) -> Any:
    """What was filled in: a dict, or an instance of the class that was given as the schema."""
    if isinstance(schema, dict) or content is None:
        return content
    if callable(getattr(schema, "model_validate", None)):
        return schema.model_validate(content)
    readers = {field.name: _reader_of(kind) for field, kind in _fields_of(schema)}
    return schema(**{name: readers[name](value) for name, value in content.items() if name in readers})


def _schema_of_dataclass(given: type) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for field, kind in _fields_of(given):
        described = {**_schema_of_field(_without_none(kind), f"{given.__qualname__}.{field.name}"), **field.metadata}
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            required.append(field.name)
        elif field.default not in (dataclasses.MISSING, None):
            default = field.default.value if isinstance(field.default, Enum) else field.default
            described["default"] = default.isoformat() if isinstance(default, date) else default
        properties[field.name] = described
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _fields_of(given: type) -> list[tuple[Any, Any]]:
    hints = get_type_hints(given)
    return [(field, hints[field.name]) for field in dataclasses.fields(given) if field.init]


def _schema_of_field(kind: Any, place: str) -> dict[str, Any]:
    values = _values_of(kind)
    if values is not None:
        if not all(isinstance(value, str) for value in values):
            raise TypeError(f"{place}: the values of a choice are text.")
        return {"type": "string", "enum": values}
    for known, schema in _KINDS:
        if kind is known:
            return dict(schema)
    if get_origin(kind) in (list, abc.Sequence) and _values_of(get_args(kind)[0]) is not None:
        return {"type": "array", "items": _schema_of_field(get_args(kind)[0], place)}
    raise TypeError(
        f"{place} cannot be asked for: a form has text, numbers, booleans, dates, enums, and lists of enums."
    )


def _values_of(kind: Any) -> list[Any] | None:
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    return [member.value for member in kind] if isinstance(kind, type) and issubclass(kind, Enum) else None


def _without_none(kind: Any) -> Any:
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    others = [part for part in get_args(kind) if part is not type(None)]
    return others[0] if len(others) == 1 else kind


def _reader_of(kind: Any) -> Callable[[Any], Any]:
    kind = _without_none(kind)
    if get_origin(kind) in (list, abc.Sequence):
        read = _reader_of(get_args(kind)[0])
        return lambda values: [read(value) for value in values]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (date, datetime):
        # 3.10 does not read the Z that clients write.
        return lambda text: kind.fromisoformat(text[:-1] + "+00:00" if text[-1:] in "Zz" else text)
    return float if kind is float else lambda value: value


def _schema_of_model(given: Any) -> dict[str, Any]:
    """What pydantic says, as flat as MCP wants it: references filled in, ``T | None`` as T."""
    schema = given.model_json_schema()
    definitions = schema.get("$defs", {})
    properties = {
        name: _flat(described, definitions, f"{given.__qualname__}.{name}")
        for name, described in schema.get("properties", {}).items()
    }
    required = schema.get("required")
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _flat(described: dict[str, Any], definitions: dict[str, Any], place: str) -> dict[str, Any]:
    own = {key: value for key, value in described.items() if key not in ("$ref", "allOf", "anyOf")}
    if own.get("default", 0) is None:
        del own["default"]
    parts = [part for part in described.get("anyOf", []) if part.get("type") != "null"] + described.get("allOf", [])
    if "$ref" in described:
        parts.append(definitions[described["$ref"].rpartition("/")[2]])
    if len(parts) == 1:
        own = {**_flat(parts[0], definitions, place), **own}
    if "items" in own and isinstance(own["items"], dict):
        own["items"] = _flat(own["items"], definitions, place)
    is_flat = own.get("type") in ("string", "number", "integer", "boolean") or "enum" in own.get("items", {})
    if len(parts) > 1 or not is_flat:
        raise TypeError(f"{place} cannot be asked for: a form has text, numbers, booleans, dates, enums, and lists of enums.")
    return own
