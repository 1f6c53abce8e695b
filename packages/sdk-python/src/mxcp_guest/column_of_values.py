"""Python values as a column: which type they have together, and their bytes."""

from __future__ import annotations

import json
import struct
from array import array
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from typing import Any, Callable
from uuid import UUID

from mxcp_guest.flatten import decimal_text
from mxcp_guest.foreign import foreign_form
from mxcp_guest.parameters import json_form
from mxcp_guest.written_column import WrittenColumn

_PLAIN = frozenset(
    {bool, int, float, str, bytes, bytearray, memoryview, datetime, date, time, timedelta, Decimal, UUID, dict, list, tuple}
)
_EPOCH = datetime(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_DAY = _EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)

Written = tuple[dict[str, Any], str, "list[Any]"]


def column_of_values(name: str, values: list[Any]) -> WrittenColumn:
    """Values of one kind in DuckDB's own form; of several kinds as DOUBLE, TIMESTAMP, text or JSON. None is NULL."""
    if not set(map(type, values)) <= _PLAIN | {type(None)}:
        values = [_plain(value) for value in values]
    kinds = set(map(type, values))
    has_nulls = type(None) in kinds
    kinds.discard(type(None))
    valid = bytes(value is not None for value in values) if has_nulls else None
    type_, layout, parts = _write(kinds, values)
    return WrittenColumn(name, type_, layout, len(values), None if layout == "json" else valid, parts)


def text_parts(values: list[Any]) -> list[Any]:
    """Offsets and UTF-8; None as no text."""
    whole = "".join(value or "" for value in values)
    if whole.isascii():
        lengths = map(len, (value or "" for value in values))
        return [_offsets(lengths), whole.encode()]
    return _bytes_parts([b"" if value is None else value.encode() for value in values])


def json_part(values: list[Any]) -> list[Any]:
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return [array("I", [len(text)]), text]


def _write(kinds: set[type], values: list[Any]) -> Written:
    if len(kinds) == 1:
        kind = next(iter(kinds))
        if kind in _WRITERS:
            return _WRITERS[kind](values)
    if not kinds:
        return {"id": "NULL"}, "json", json_part(values)
    if kinds <= {bool, int}:
        return _integers([None if value is None else int(value) for value in values])
    if kinds <= {int, Decimal}:
        return _decimals(values)
    if kinds <= {int, float, Decimal}:
        return _floats([None if value is None else float(value) for value in values])
    if kinds <= {date, datetime}:
        return _moments([_as_moment(value) for value in values])
    if kinds <= {bytes, bytearray, memoryview}:
        return {"id": "BLOB"}, "blob", _bytes_parts([b"" if value is None else bytes(value) for value in values])
    if kinds <= {list, tuple}:
        return _lists(values)
    if kinds & {dict, list, tuple}:
        return {"id": "JSON"}, "json", json_part([json_form(value) for value in values])
    return {"id": "VARCHAR"}, "text", text_parts([None if value is None else _text(value) for value in values])


def _booleans(values: list[Any]) -> Written:
    return {"id": "BOOLEAN"}, "bool", [bytes(1 if value else 0 for value in values)]


def _integers(values: list[Any]) -> Written:
    present = [value for value in values if value is not None]
    lowest, highest = min(present), max(present)
    if lowest >= -(2**63) and highest < 2**63:
        return {"id": "BIGINT"}, "i8", [array("q", _filled(values))]
    if lowest >= 0 and highest < 2**64:
        return {"id": "UBIGINT"}, "u8", [array("Q", _filled(values))]
    if lowest > -(2**127) and highest < 2**127:
        return {"id": "HUGEINT"}, "i16", [b"".join(value.to_bytes(16, "little", signed=True) for value in _filled(values))]
    return {"id": "VARCHAR"}, "text", text_parts([None if value is None else str(value) for value in values])


def _floats(values: list[Any]) -> Written:
    return {"id": "DOUBLE"}, "f8", [array("d", _filled(values))]


def _texts(values: list[Any]) -> Written:
    return {"id": "VARCHAR"}, "text", text_parts(values)


def _decimals(values: list[Any]) -> Written:
    texts = [None if value is None or not Decimal(value).is_finite() else decimal_text(Decimal(value)) for value in values]
    scale = max((len(text.partition(".")[2]) for text in texts if text is not None), default=0)
    whole = max((len(text.partition(".")[0].lstrip("-0")) for text in texts if text is not None), default=0)
    if any("E" in text for text in texts if text is not None) or whole + scale > 38:
        return {"id": "VARCHAR"}, "text", text_parts(texts)
    type_ = {"id": "DECIMAL", "width": max(18, whole + scale), "scale": scale}
    return type_, "json", json_part(texts)


def _as_moment(value: Any) -> Any:
    return value if value is None or isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _moments(values: list[Any]) -> Written:
    aware = {value.utcoffset() is not None for value in values if value is not None}
    if len(aware) > 1:
        return _texts([None if value is None else value.isoformat() for value in values])
    epoch, kind = (_EPOCH_UTC, "TIMESTAMPTZ") if True in aware else (_EPOCH, "TIMESTAMP")
    counts = [0 if value is None else (value - epoch) // _MICROSECOND for value in values]
    return {"id": kind}, "i8", [array("q", counts)]


def _dates(values: list[Any]) -> Written:
    return {"id": "DATE"}, "i4", [array("i", [0 if value is None else value.toordinal() - _EPOCH_DAY for value in values])]


def _times(values: list[Any]) -> Written:
    if any(value is not None and value.tzinfo is not None for value in values):
        return _texts([None if value is None else value.isoformat() for value in values])
    return {"id": "TIME"}, "i8", [array("q", [0 if value is None else _microseconds(value) for value in values])]


def _microseconds(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond


def _spans(values: list[Any]) -> Written:
    packed = [
        bytes(16) if value is None else struct.pack("=iiq", 0, value.days, value.seconds * 1_000_000 + value.microseconds)
        for value in values
    ]
    return {"id": "INTERVAL"}, "interval", [b"".join(packed)]


def _uuids(values: list[Any]) -> Written:
    return {"id": "UUID"}, "json", json_part([None if value is None else str(value) for value in values])


def _lists(values: list[Any]) -> Written:
    """A list of one kind of scalars has a type in SQL; anything else is JSON."""
    items = [item for value in values if value is not None for item in value]
    if not set(map(type, items)) <= _PLAIN | {type(None)}:
        items = [_plain(item) for item in items]
    item_type = _ITEM_TYPES.get(frozenset(map(type, items)) - {type(None)})
    if item_type is None or (item_type == "BIGINT" and any(item is not None and abs(item) >= 2**53 for item in items)):
        return {"id": "JSON"}, "json", json_part([json_form(value) for value in values])
    return {"id": "LIST", "item": {"id": item_type}}, "json", json_part([json_form(value) for value in values])


_ITEM_TYPES = {
    frozenset({bool}): "BOOLEAN",
    frozenset({int}): "BIGINT",
    frozenset({float}): "DOUBLE",
    frozenset({int, float}): "DOUBLE",
    frozenset({str}): "VARCHAR",
    frozenset({date}): "DATE",
    frozenset({UUID}): "UUID",
}

_WRITERS: dict[type, Callable[[list[Any]], Written]] = {
    bool: _booleans,
    int: _integers,
    float: _floats,
    str: _texts,
    datetime: _moments,
    date: _dates,
    time: _times,
    timedelta: _spans,
    Decimal: _decimals,
    UUID: _uuids,
}


def _filled(values: list[Any]) -> list[Any]:
    return [0 if value is None else value for value in values]


def _offsets(lengths: Any) -> array[int]:
    offsets = list(accumulate(lengths, initial=0))
    if offsets[-1] >= 2**32:
        raise ValueError("A column holds more than 4 GB of text. Append it in parts.")
    return array("I", offsets)


def _bytes_parts(values: list[bytes]) -> list[Any]:
    return [_offsets(map(len, values)), b"".join(values)]


def _plain(value: Any) -> Any:
    """Enum members, numbers of numpy and the like as one of Python's own types; other things stay what they are."""
    if type(value) in _PLAIN or value is None:
        return value
    if isinstance(value, Enum):
        return _plain(value.value)
    is_foreign, form = foreign_form(value)
    if is_foreign:
        return form if form is value else _plain(form)
    for kind in (bool, int, float, str, bytes, datetime, date, Decimal, dict, list, tuple):
        if isinstance(value, kind):
            return kind(value) if kind not in (datetime, date) else value
    return json_form(value)


def _text(value: Any) -> str:
    form = json_form(value)
    return form if isinstance(form, str) else json.dumps(form)
