"""Arrays of numpy as columns, without a Python object per value where DuckDB has a type for it."""

from __future__ import annotations

import sys
from typing import Any

from mxcp_guest.column_of_values import column_of_values
from mxcp_guest.written_column import WrittenColumn

_INTEGERS = {
    "i1": "TINYINT", "i2": "SMALLINT", "i4": "INTEGER", "i8": "BIGINT",
    "u1": "UTINYINT", "u2": "USMALLINT", "u4": "UINTEGER", "u8": "UBIGINT",
}  # fmt: skip
_MOMENTS = {"s": "TIMESTAMP_S", "ms": "TIMESTAMP_MS", "us": "TIMESTAMP", "ns": "TIMESTAMP_NS"}


def column_of_array(name: str, values: Any, nulls: Any = None, is_nan_null: bool = False) -> WrittenColumn:
    """``nulls`` is True where there is no value, besides what a masked array hides and NaT."""
    import numpy

    if values.ndim != 1:
        raise ValueError(f"The column {name} is an array with {values.ndim} dimensions; a column has one.")
    if isinstance(values, numpy.ma.MaskedArray):
        hidden = numpy.ma.getmaskarray(values)
        nulls = hidden if nulls is None else nulls | hidden
        values = values.data
    kind = values.dtype.kind
    if kind == "M":
        return _moments(name, values, nulls, numpy)
    if kind == "m":
        return _spans(name, values, nulls, numpy)
    if kind == "f" and is_nan_null:
        nulls = _either(nulls, numpy.isnan(values))
    if kind == "b":
        return _column(name, {"id": "BOOLEAN"}, "bool", values.astype("u1"), nulls)
    if kind in "iu":
        layout = f"{kind}{values.dtype.itemsize}"
        return _column(name, {"id": _INTEGERS[layout]}, layout, values.astype(layout), nulls)
    if kind == "f":
        layout, type_ = ("f4", "FLOAT") if values.dtype.itemsize <= 4 else ("f8", "DOUBLE")
        return _column(name, {"id": type_}, layout, values.astype(layout), nulls)
    items = values.tolist()
    if nulls is not None:
        items = [None if is_null else item for item, is_null in zip(items, nulls.tolist())]
    return column_of_values(name, items)


def _moments(name: str, values: Any, nulls: Any, numpy: Any) -> WrittenColumn:
    unit = numpy.datetime_data(values.dtype)[0]
    nulls = _either(nulls, numpy.isnat(values))
    if unit == "D":
        return _column(name, {"id": "DATE"}, "i4", values.astype("M8[D]").astype("i8").astype("i4"), nulls)
    unit = unit if unit in _MOMENTS and numpy.datetime_data(values.dtype)[1] == 1 else "us"
    return _column(name, {"id": _MOMENTS[unit]}, "i8", values.astype(f"M8[{unit}]").view("i8"), nulls)


def _spans(name: str, values: Any, nulls: Any, numpy: Any) -> WrittenColumn:
    nulls = _either(nulls, numpy.isnat(values))
    microseconds = values.astype("m8[us]").view("i8")
    days, rest = numpy.divmod(microseconds, 86_400_000_000)
    parts = numpy.zeros((len(values), 2), dtype="i8")
    # Months, then days, as two halves of the first eight bytes.
    parts[:, 0] = days << 32 if sys.byteorder == "little" else days & 0xFFFFFFFF
    parts[:, 1] = rest
    return _column(name, {"id": "INTERVAL"}, "interval", parts.reshape(-1), nulls)


def _either(nulls: Any, others: Any) -> Any:
    if not others.any():
        return nulls
    return others if nulls is None else nulls | others


def _column(name: str, type_: dict[str, Any], layout: str, values: Any, nulls: Any) -> WrittenColumn:
    valid = None if nulls is None or not nulls.any() else (~nulls).astype("u1")
    count = len(values) // (2 if layout == "interval" else 1)
    # Views with a stride, as slices of a frame are, have no plain bytes.
    return WrittenColumn(name, type_, layout, count, valid, [values if values.flags.c_contiguous else values.copy()])
