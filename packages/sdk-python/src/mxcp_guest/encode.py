"""Results of handlers as JSON."""

from __future__ import annotations

import json
from typing import Any

from mxcp._rows import LazyRows, Rows
from mxcp_guest.flatten import Flattener, UnserializableResult
from mxcp_guest.rich_result import RichResult, read_rich_result

_MAX_EXACT = 2**53 - 1
_ARRAYS = frozenset({list, tuple, Rows, LazyRows})

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode


def encode_result(value: Any) -> tuple[bytes | None, bytes]:
    """The JSON of a handler's value (None: it gave content blocks only), and the fields that follow it in the message:
    ``,"exact":[…]``, the numbers that a double cannot hold, and whatever else there is.

    Raises UnserializableResult, which names the type and the place.
    """
    try:
        if _is_plain(value):
            return _bytes_of(value), b""
    except RecursionError:
        pass
    try:
        rich = read_rich_result(value)
        return _encode_rich(rich) if rich is not None else _encode_value(value)
    except RecursionError:
        raise UnserializableResult("The result is nested too deeply.") from None


def _encode_value(value: Any) -> tuple[bytes, bytes]:
    flattener = Flattener()
    flat = flattener.flatten(value)
    return _bytes_of(flat), b',"exact":%b' % _bytes_of(flattener.exact) if flattener.exact else b""


def _encode_rich(rich: RichResult) -> tuple[bytes | None, bytes]:
    value, more = (None, b"") if rich.value is None else _encode_value(rich.value.value)
    fields = b"".join(b',"%b":%b' % (name.encode(), _bytes_of(field)) for name, field in rich.fields.items())
    return value, more + fields


def _is_plain(value: Any) -> bool:
    """Whether JSON's encoder may have the value as it is. Exact types only: subclasses may mean something else."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return -_MAX_EXACT <= value <= _MAX_EXACT
    if kind is float:
        return value - value == 0.0
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not _is_plain(item):
                return False
        return True
    if kind in _ARRAYS:
        for item in value:
            if not _is_plain(item):
                return False
        return True
    return False


def _bytes_of(value: Any) -> bytes:
    text = _encode(value)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Lone surrogates, as `os.listdir` gives for names that are not UTF-8: JSON can write them as escapes.
        return json.dumps(value, allow_nan=False).encode()
