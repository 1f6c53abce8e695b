"""DuckDB types as SQL writes them."""

from __future__ import annotations

import re
from typing import Any

_SPELLINGS = {
    "TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE",
    "TIMESTAMP_TZ": "TIMESTAMP WITH TIME ZONE",
    "TIMETZ": "TIME WITH TIME ZONE",
    "TIME_TZ": "TIME WITH TIME ZONE",
    "NULL": '"NULL"',
}
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def type_text(type_: dict[str, Any]) -> str:
    """``DECIMAL(12,2)``, ``INTEGER[]``, ``STRUCT(a INTEGER, "b c" VARCHAR)``; fixed-size arrays are shown as lists."""
    kind = type_.get("id", "")
    if kind == "DECIMAL" and "width" in type_:
        return f"DECIMAL({type_['width']},{type_['scale']})"
    if kind == "ENUM" and "values" in type_:
        return f"ENUM({', '.join(_quoted(value, chr(39)) for value in type_['values'])})"
    if kind in ("LIST", "ARRAY") and "item" in type_:
        return f"{type_text(type_['item'])}[]"
    if kind == "STRUCT" and "fields" in type_:
        return f"STRUCT({', '.join(_name(field['name']) + ' ' + type_text(field['type']) for field in type_['fields'])})"
    if kind == "MAP" and "key" in type_:
        return f"MAP({type_text(type_['key'])}, {type_text(type_['value'])})"
    return _SPELLINGS.get(kind, kind)


def _name(name: str) -> str:
    return name if _PLAIN_NAME.fullmatch(name) else _quoted(name, '"')


def _quoted(text: str, quote: str) -> str:
    return quote + text.replace(quote, quote * 2) + quote
