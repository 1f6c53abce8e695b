"""Values that the host keeps or hands on as JSON."""

from __future__ import annotations

import math
from typing import Any

_MAX_EXACT = 2**53 - 1


def json_value(value: Any, what: str) -> Any:
    """The same value in plain dicts and lists. Raises TypeError or ValueError for what would not come back as it went."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        if -_MAX_EXACT <= value <= _MAX_EXACT:
            return int(value)
        raise ValueError(f"{what} cannot hold the number {value} exactly. Give it as text.")
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise ValueError(f"{what} cannot hold {value}, which JSON does not have.")
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"{what} takes dicts with text as keys, not {type(key).__name__}.")
        return {key: json_value(item, what) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(item, what) for item in value]
    raise TypeError(f"{what} takes None, bool, numbers, text, lists and dicts, not {type(value).__name__}.")
