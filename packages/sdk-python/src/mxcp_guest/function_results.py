"""What SQL functions return as JSON."""

from __future__ import annotations

import json
from typing import Any

from mxcp_guest.sql_types import WireType
from mxcp_guest.sql_values import INTEGER_RANGES, renderer_of

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode
_NONE = type(None)
# What JSON's encoder may have as it is. Exact types only: subclasses may mean something else.
_PLAIN = {
    **{name: frozenset((int, _NONE)) for name in INTEGER_RANGES},
    "BOOLEAN": frozenset((bool, _NONE)),
    "FLOAT": frozenset((float, int, _NONE)),
    "DOUBLE": frozenset((float, int, _NONE)),
    "VARCHAR": frozenset((str, _NONE)),
    "ENUM": frozenset((str, _NONE)),
}


class ResultWriter:
    """Writes a chunk of results as a JSON array, at full speed when they are what the type says."""

    def __init__(self, type_: WireType) -> None:
        self._render = renderer_of(type_)
        self._plain = _PLAIN.get(type_["id"], frozenset())
        self._range = INTEGER_RANGES.get(type_["id"])

    def write(self, values: list[Any]) -> bytes:
        """Raises UnfitResult for a value that does not fit."""
        kinds = set(map(type, values))
        if not kinds <= self._plain or (self._range is not None and not self._is_in_range(values, kinds)):
            return _bytes_of(self._rendered(values))
        try:
            return _bytes_of(values)
        except ValueError:
            # NaN and infinities.
            return _bytes_of(self._rendered(values))

    def _is_in_range(self, values: list[Any], kinds: set[type]) -> bool:
        numbers = [value for value in values if value is not None] if _NONE in kinds else values
        low, high = self._range or (0, 0)
        return not numbers or (low <= min(numbers) and max(numbers) <= high)

    def _rendered(self, values: list[Any]) -> list[Any]:
        render = self._render
        return [None if value is None else render(value) for value in values]


def _bytes_of(values: list[Any]) -> bytes:
    text = _encode(values)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Lone surrogates: JSON can write them as escapes.
        return json.dumps(values, allow_nan=False, separators=(",", ":")).encode()
