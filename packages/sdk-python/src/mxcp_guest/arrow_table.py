"""A batch as a pyarrow Table: Arrow reads most of the bytes where they are."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mxcp_guest.column_values import decode_column

if TYPE_CHECKING:
    from mxcp_guest.batch import Batch, Column

_UNITS = {"TIMESTAMP_S": "s", "TIMESTAMP_MS": "ms", "TIMESTAMP": "us", "TIMESTAMP_NS": "ns"}
_PLAIN = {
    "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8", "u2": "uint16", "u4": "uint32",
    "u8": "uint64", "f4": "float32", "f8": "float64",
}  # fmt: skip
_INT32_MAX = 2**31 - 1
_DAY_US = 86_400_000_000


_json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def arrow_table(batch: Batch, pyarrow: Any, has_durations: bool = False) -> Any:
    """Types as in DuckDB's own package; UUID, BIT and JSON are text.

    ``has_durations``: INTERVAL becomes a duration, where a month counts 30 days; polars has no other type for it.
    """
    arrays = [
        _durations(column, pyarrow) if has_durations and column.layout == "interval" else _array(column, pyarrow)
        for column in batch.columns
    ]
    return pyarrow.Table.from_arrays(arrays, names=batch.names)


def owned_text(column: Column, pyarrow: Any) -> Any:
    """A ``large_string`` array with memory of its own, so that a data frame does not keep the whole batch alive."""
    offsets = pyarrow.Array.from_buffers(pyarrow.uint32(), column.count + 1, [None, pyarrow.py_buffer(column.values)])
    buffers = [_bitmap(column, pyarrow), offsets.cast(pyarrow.int64()).buffers()[1], pyarrow.py_buffer(bytes(column.text))]
    return pyarrow.Array.from_buffers(pyarrow.large_string(), column.count, buffers)


def _array(column: Column, pyarrow: Any) -> Any:
    kind, layout = column.type["id"], column.layout
    if layout in ("text", "blob"):
        return _variable(column, pyarrow)
    if kind == "DECIMAL" and layout != "json":
        return _decimal(column, pyarrow)
    if kind == "HUGEINT" and layout == "i16":
        return _fixed(column, pyarrow.decimal128(38, 0), pyarrow)
    if kind == "ENUM" and layout != "json":
        indices = _fixed(column, getattr(pyarrow, _PLAIN[layout])(), pyarrow)
        return pyarrow.DictionaryArray.from_arrays(indices, pyarrow.array(column.type["values"], pyarrow.string()))
    if layout == "bool":
        bits = _bits(column.values, column.count, pyarrow)
        return pyarrow.Array.from_buffers(pyarrow.bool_(), column.count, [_bitmap(column, pyarrow), bits])
    if layout in _PLAIN:
        return _fixed(column, arrow_type(column.type, pyarrow), pyarrow)
    return _of_values(column, pyarrow)


def arrow_type(type_: dict[str, Any], pyarrow: Any) -> Any:
    """The Arrow type for values as Python has them; None leaves it to pyarrow."""
    kind = type_["id"]
    if kind in _UNITS:
        return pyarrow.timestamp(_UNITS[kind])
    if kind == "DECIMAL" and "width" in type_:
        return pyarrow.decimal128(type_["width"], type_["scale"])
    if kind in ("LIST", "ARRAY") and "item" in type_:
        item = arrow_type(type_["item"], pyarrow)
        return None if item is None else pyarrow.list_(item)
    if kind == "STRUCT" and "fields" in type_:
        fields = [(field["name"], arrow_type(field["type"], pyarrow)) for field in type_["fields"]]
        return None if any(field is None for _, field in fields) else pyarrow.struct(fields)
    if kind == "MAP" and "key" in type_:
        key, value = arrow_type(type_["key"], pyarrow), arrow_type(type_["value"], pyarrow)
        return None if key is None or value is None else pyarrow.map_(key, value)
    make = {
        "BOOLEAN": pyarrow.bool_, "TINYINT": pyarrow.int8, "SMALLINT": pyarrow.int16, "INTEGER": pyarrow.int32,
        "BIGINT": pyarrow.int64, "UTINYINT": pyarrow.uint8, "USMALLINT": pyarrow.uint16, "UINTEGER": pyarrow.uint32,
        "UBIGINT": pyarrow.uint64, "FLOAT": pyarrow.float32, "DOUBLE": pyarrow.float64, "VARCHAR": pyarrow.string,
        "ENUM": pyarrow.string, "BLOB": pyarrow.binary, "DATE": pyarrow.date32, "UUID": pyarrow.string,
        "BIT": pyarrow.string, "BIGNUM": pyarrow.string, "INTERVAL": pyarrow.month_day_nano_interval, "NULL": pyarrow.null,
        "TIME": lambda: pyarrow.time64("us"), "TIME_NS": lambda: pyarrow.time64("ns"),
        "TIMESTAMPTZ": lambda: pyarrow.timestamp("us", tz="UTC"),
    }.get(kind)  # fmt: skip
    return None if make is None else make()


def _fixed(column: Column, type_: Any, pyarrow: Any) -> Any:
    return pyarrow.Array.from_buffers(type_, column.count, [_bitmap(column, pyarrow), pyarrow.py_buffer(column.values)])


def _variable(column: Column, pyarrow: Any) -> Any:
    is_text = column.layout == "text"
    if len(column.text) > _INT32_MAX:
        array = owned_text(column, pyarrow)
        return array if is_text else array.view(pyarrow.large_binary())
    buffers = [_bitmap(column, pyarrow), pyarrow.py_buffer(column.values), pyarrow.py_buffer(column.text)]
    return pyarrow.Array.from_buffers(pyarrow.string() if is_text else pyarrow.binary(), column.count, buffers)


def _decimal(column: Column, pyarrow: Any) -> Any:
    type_ = pyarrow.decimal128(column.type["width"], column.type["scale"])
    if column.layout == "i16":
        return _fixed(column, type_, pyarrow)
    narrow = pyarrow.Array.from_buffers(
        getattr(pyarrow, _PLAIN[column.layout])(), column.count, [None, pyarrow.py_buffer(column.values)]
    )
    wide = narrow.cast(pyarrow.decimal128(19, 0)).buffers()[1]
    return pyarrow.Array.from_buffers(type_, column.count, [_bitmap(column, pyarrow), wide])


def _bitmap(column: Column, pyarrow: Any) -> Any:
    return None if column.valid is None else _bits(column.valid, column.count, pyarrow)


def _bits(data: memoryview, count: int, pyarrow: Any) -> Any:
    """A bit for each byte, which is Arrow's form of booleans."""
    whole = pyarrow.Array.from_buffers(pyarrow.uint8(), count, [None, pyarrow.py_buffer(data)])
    return whole.cast(pyarrow.bool_()).buffers()[1]


def _of_values(column: Column, pyarrow: Any) -> Any:
    kind = column.type["id"]
    values = decode_column(column)
    if column.layout == "interval":
        return pyarrow.array(_month_day_nanos(column, values), pyarrow.month_day_nano_interval())
    if kind == "JSON":
        return pyarrow.array([None if value is None else _json_text(value) for value in values], pyarrow.string())
    if kind == "UHUGEINT":
        return pyarrow.array([None if value is None else Decimal(value) for value in values], pyarrow.decimal128(38, 0))
    if kind == "UUID":
        return pyarrow.array([None if value is None else str(value) for value in values], pyarrow.string())
    type_ = arrow_type(column.type, pyarrow)
    try:
        return pyarrow.array(values, type_)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, OverflowError):
        # Infinite dates and the like, which are text.
        return pyarrow.array([None if value is None else str(value) for value in values], pyarrow.string())


def _month_day_nanos(column: Column, values: list[Any]) -> list[Any]:
    halves, wide = column.values.cast("i"), column.values.cast("q")
    return [
        None if value is None else (halves[4 * row], halves[4 * row + 1], wide[2 * row + 1] * 1000)
        for row, value in enumerate(values)
    ]


def _durations(column: Column, pyarrow: Any) -> Any:
    parts = _month_day_nanos(column, decode_column(column))
    microseconds = [None if part is None else (part[0] * 30 + part[1]) * _DAY_US + part[2] // 1000 for part in parts]
    return pyarrow.array(microseconds, pyarrow.duration("us"))
