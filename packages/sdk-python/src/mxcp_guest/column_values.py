"""Columns of a batch as lists of Python values."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, time, timedelta, timezone
from decimal import Context
from typing import TYPE_CHECKING, Any, Callable

from mxcp_guest.decode import decoder_of
from mxcp_guest.infinite_times import date_text, interval_text, timestamp_text

if TYPE_CHECKING:
    from mxcp_guest.batch import Column

_FORMATS = {
    "bool": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q",
    "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f4": "f", "f8": "d",
}  # fmt: skip
# Wider than any DECIMAL: the context of user code may round to fewer digits.
_scaleb = Context(prec=64, Emax=999, Emin=-999).scaleb

Convert = Callable[[Any], Any]


def decode_column(column: Column) -> list[Any]:
    """One Python value per row, None where there is none."""
    if column.layout == "json":
        return _json_values(column)
    if column.layout == "text":
        return _masked(_texts(column), column, _converter_of(column.type))
    if column.layout == "blob":
        offsets, text = column.values.tolist(), column.text
        return _masked([bytes(text[start:end]) for start, end in zip(offsets, offsets[1:])], column, None)
    if column.layout == "interval":
        return _masked(_intervals(column.values), column, None)
    if column.layout == "i16":
        return _masked(_wide_integers(column.values), column, _converter_of(column.type))
    return _masked(column.values.cast(_FORMATS[column.layout]).tolist(), column, _converter_of(column.type))


def _masked(values: list[Any], column: Column, convert: Convert | None) -> list[Any]:
    if column.valid is None:
        return values if convert is None else list(map(convert, values))
    valid = column.valid.cast("?").tolist()
    if convert is None:
        return [value if is_valid else None for value, is_valid in zip(values, valid)]
    return [convert(value) if is_valid else None for value, is_valid in zip(values, valid)]


def _json_values(column: Column) -> list[Any]:
    values: list[Any] = json.loads(str(column.values, "utf-8"))
    decode = decoder_of(column.type)
    return values if decode is None else [None if value is None else decode(value) for value in values]


def _texts(column: Column) -> list[str]:
    offsets = column.values.tolist()
    data = bytes(column.text)
    if data.isascii():
        text = data.decode("ascii")
        return [text[start:end] for start, end in zip(offsets, offsets[1:])]
    return [data[start:end].decode("utf-8", "replace") for start, end in zip(offsets, offsets[1:])]


def _wide_integers(values: memoryview) -> list[int]:
    # DuckDB's own struct: the lower half comes first on any machine.
    lower, upper = values.cast("Q")[::2].tolist(), values.cast("q")[1::2].tolist()
    return [(high << 64) | low for low, high in zip(lower, upper)]


def _intervals(values: memoryview) -> list[Any]:
    halves = values.cast("i")
    months, days = halves[::4].tolist(), halves[1::4].tolist()
    return [_interval(*parts) for parts in zip(months, days, values.cast("q")[1::2].tolist())]


def _interval(months: int, days: int, microseconds: int) -> Any:
    """Months have no fixed length, so such intervals are text."""
    if months == 0:
        try:
            return timedelta(days, 0, microseconds)
        except OverflowError:
            pass
    return interval_text(months, days, microseconds)


def _converter_of(type_: dict[str, Any]) -> Convert | None:
    kind = type_.get("id")
    if kind == "DECIMAL":
        exponent = -type_["scale"]
        return lambda value: _scaleb(value, exponent)
    if kind == "ENUM":
        return type_["values"].__getitem__
    return _CONVERTERS.get(kind)


_EPOCH = datetime(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_DAY = _EPOCH.toordinal()
_DAY_US = 86_400_000_000


def _date(days: int) -> Any:
    try:
        return date.fromordinal(_EPOCH_DAY + days)
    except (ValueError, OverflowError):
        return date_text(days)


def _timestamp(epoch: datetime, per_second: int) -> Convert:
    times, parts = max(1, 1_000_000 // per_second), max(1, per_second // 1_000_000)

    def convert(value: int) -> Any:
        try:
            return epoch + timedelta(0, 0, value * times // parts)
        except OverflowError:
            return timestamp_text(value, per_second, is_zoned=epoch.tzinfo is not None)

    return convert


def _time(microseconds: int) -> Any:
    # DuckDB knows 24:00:00.
    return (_EPOCH + timedelta(0, 0, microseconds)).time() if microseconds < _DAY_US else "24:00:00"


def _uuid(value: int) -> uuid.UUID:
    # DuckDB flips the highest bit, so that UUIDs sort as signed integers.
    return uuid.UUID(int=(value ^ (1 << 127)) & ((1 << 128) - 1))


_CONVERTERS: dict[Any, Convert] = {
    "DATE": _date,
    "TIME": _time,
    "TIME_NS": lambda value: _time(value // 1000),
    "TIMESTAMP": _timestamp(_EPOCH, 1_000_000),
    "TIMESTAMPTZ": _timestamp(_EPOCH_UTC, 1_000_000),
    "TIMESTAMP_S": _timestamp(_EPOCH, 1),
    "TIMESTAMP_MS": _timestamp(_EPOCH, 1000),
    "TIMESTAMP_NS": _timestamp(_EPOCH, 1_000_000_000),
    "UUID": _uuid,
    "JSON": json.loads,
}
