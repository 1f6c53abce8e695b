"""Columns of a batch as numpy arrays, of the types that DuckDB's own Python package gives. Nothing is made per value
where numpy has a type for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mxcp_guest.column_values import decode_column

if TYPE_CHECKING:
    from mxcp_guest.batch import Batch, Column

_DTYPES = {
    "bool": "?", "i1": "i1", "i2": "i2", "i4": "i4", "i8": "i8", "u1": "u1", "u2": "u2", "u4": "u4", "u8": "u8",
    "f4": "f4", "f8": "f8",
}  # fmt: skip
_UNITS = {"TIMESTAMP": "us", "TIMESTAMPTZ": "us", "TIMESTAMP_S": "s", "TIMESTAMP_MS": "ms", "TIMESTAMP_NS": "ns"}
_INFINITE_DAYS = 2**31 - 1
_INFINITE = 2**63 - 1
_DAY_US = 86_400_000_000


def numpy_dict(batch: Batch, numpy: Any) -> dict[str, Any]:
    """An array for each column; a masked one where there are NULLs."""
    return {column.name: _with_mask(column, numpy) for column in batch.columns}


def _with_mask(column: Column, numpy: Any) -> Any:
    array = numpy_array(column, numpy)
    if column.layout == "json" and array.dtype == object:
        nulls = numpy.fromiter((value is None for value in array), dtype=bool, count=len(array))
        return numpy.ma.array(array, mask=nulls) if nulls.any() else array
    nulls = nulls_of(column, numpy)
    return array if nulls is None else numpy.ma.array(array, mask=nulls)


def nulls_of(column: Column, numpy: Any) -> Any:
    """True where there is no value; None when there is one everywhere, and for columns that came as JSON."""
    if column.valid is None:
        return None
    nulls = numpy.frombuffer(column.valid, dtype="?") == 0
    return nulls if nulls.any() else None


def numpy_array(column: Column, numpy: Any) -> Any:
    """An array of its own memory. Where there is no value it holds anything, or NaT, or None in arrays of objects."""
    kind, layout = column.type["id"], column.layout
    if kind == "DECIMAL":
        return _decimals(column, numpy)
    if kind == "HUGEINT" and layout == "i16":
        return _wide(column, numpy)
    if kind == "DATE" and layout == "i4":
        return _dates(column, numpy)
    if kind in _UNITS and layout == "i8":
        return _moments(column, _UNITS[kind], numpy)
    if layout == "interval":
        return _spans(column, numpy)
    if layout in _DTYPES and kind not in ("ENUM", "TIME", "TIME_NS"):
        return raw(column, numpy).copy()
    return objects(column, numpy)


def raw(column: Column, numpy: Any) -> Any:
    """A view of the values as they came."""
    return numpy.frombuffer(column.values, dtype=_DTYPES[column.layout])


def objects(column: Column, numpy: Any) -> Any:
    """Python values; lists as arrays, as DuckDB gives them."""
    values = decode_column(column)
    if column.type["id"] == "UHUGEINT":
        return numpy.array([numpy.nan if value is None else value for value in values], dtype="f8")
    if column.type["id"] in ("LIST", "ARRAY") and "item" in column.type:
        values = [None if value is None else _inner_array(value, column.type["item"], numpy) for value in values]
    return numpy.fromiter(values, dtype=object, count=len(values))


def _decimals(column: Column, numpy: Any) -> Any:
    values = _wide(column, numpy) if column.layout == "i16" else raw(column, numpy).astype("f8")
    values /= 10.0 ** column.type["scale"]
    return values


def _wide(column: Column, numpy: Any) -> Any:
    lower = numpy.frombuffer(column.values, dtype="u8")[::2]
    upper = numpy.frombuffer(column.values, dtype="i8")[1::2]
    # For negative values in two steps, or a small one would lose all its digits beside 2**64.
    negative = upper < 0
    values = numpy.where(negative, ~upper, upper).astype("f8") * 2.0**64 + numpy.where(negative, ~lower, lower)
    return numpy.where(negative, -values - 1, values)


def _dates(column: Column, numpy: Any) -> Any:
    days = raw(column, numpy)
    dates = days.astype("i8") * _DAY_US
    return _moments_of(column, dates, (days == _INFINITE_DAYS) | (days == -_INFINITE_DAYS), "us", numpy)


def _moments(column: Column, unit: str, numpy: Any) -> Any:
    values = raw(column, numpy)
    return _moments_of(column, values.copy(), (values == _INFINITE) | (values == -_INFINITE), unit, numpy)


def _moments_of(column: Column, values: Any, is_infinite: Any, unit: str, numpy: Any) -> Any:
    moments = values.view(f"M8[{unit}]")
    # numpy has no infinite moments.
    moments[is_infinite] = "NaT"
    nulls = nulls_of(column, numpy)
    if nulls is not None:
        moments[nulls] = "NaT"
    return moments


def _spans(column: Column, numpy: Any) -> Any:
    """Months count 30 days here, as in DuckDB's own package."""
    halves = numpy.frombuffer(column.values, dtype="i4")
    days = halves[::4].astype("i8") * 30 + halves[1::4]
    spans = (days * _DAY_US + numpy.frombuffer(column.values, dtype="i8")[1::2]).view("m8[us]")
    nulls = nulls_of(column, numpy)
    if nulls is not None:
        spans[nulls] = "NaT"
    return spans


_ITEM_DTYPES = {
    "BOOLEAN": "?", "TINYINT": "i1", "SMALLINT": "i2", "INTEGER": "i4", "BIGINT": "i8", "UTINYINT": "u1",
    "USMALLINT": "u2", "UINTEGER": "u4", "UBIGINT": "u8", "FLOAT": "f4", "DOUBLE": "f8", "DECIMAL": "f8",
    "HUGEINT": "f8", "DATE": "M8[us]", "TIMESTAMP": "M8[us]", "TIMESTAMP_S": "M8[s]", "TIMESTAMP_MS": "M8[ms]",
}  # fmt: skip


def _inner_array(items: list[Any], type_: dict[str, Any], numpy: Any) -> Any:
    dtype = _ITEM_DTYPES.get(type_["id"])
    if type_["id"] in ("LIST", "ARRAY") and "item" in type_:
        items = [None if item is None else _inner_array(item, type_["item"], numpy) for item in items]
    nulls = [item is None for item in items]
    if dtype is None or any(isinstance(item, str) for item in items):
        array = numpy.fromiter(items, dtype=object, count=len(items))
        return numpy.ma.array(array, mask=nulls) if any(nulls) else array
    if not any(nulls):
        return numpy.array(items, dtype=dtype)
    filled = ["NaT" if dtype.startswith("M") else 0] * len(items)
    values = [fill if item is None else item for item, fill in zip(items, filled)]
    return numpy.ma.array(numpy.array(values, dtype=dtype), mask=nulls)
