"""Columns of pyarrow and polars, mostly as they lie in memory."""

from __future__ import annotations

from typing import Any

from mxcp_guest.column_of_values import column_of_values
from mxcp_guest.package_import import find_package
from mxcp_guest.written_column import WrittenColumn


def columns_of_polars(frame: Any) -> list[WrittenColumn]:
    if type(frame).__name__ == "LazyFrame":
        frame = frame.collect()
    if find_package("pyarrow") is not None:
        return columns_of_arrow(frame.to_arrow())
    return [column_of_values(name, frame.get_column(name).to_list()) for name in frame.columns]


def columns_of_arrow(table: Any) -> list[WrittenColumn]:
    pyarrow = find_package("pyarrow")
    return [column_of_arrow(name, table.column(place), pyarrow) for place, name in enumerate(table.schema.names)]


def column_of_arrow(name: str, array: Any, pyarrow: Any) -> WrittenColumn:
    """``array`` may be in chunks, and a slice."""
    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
        if isinstance(array, pyarrow.ChunkedArray):
            array = pyarrow.concat_arrays(array.chunks) if array.num_chunks else pyarrow.array([], array.type)
    types = pyarrow.types
    if types.is_dictionary(array.type):
        array = array.dictionary_decode()
    type_ = array.type
    if types.is_string(type_) or types.is_large_string(type_) or type_ == pyarrow.string_view():
        return _variable(name, array.cast(pyarrow.large_string()), "VARCHAR", "text", pyarrow)
    if types.is_binary(type_) or types.is_large_binary(type_):
        return _variable(name, array.cast(pyarrow.large_binary()), "BLOB", "blob", pyarrow)
    fixed = _fixed_form(array, pyarrow)
    if fixed is None:
        return column_of_values(name, _python_values(array, pyarrow))
    duckdb_type, layout, array = fixed
    size = 16 if layout == "i16" else 1 if layout == "bool" else int(layout[1:])
    start = array.offset * size
    values = memoryview(array.buffers()[1] or b"")[start : start + len(array) * size]
    return WrittenColumn(name, duckdb_type, layout, len(array), _valid(array, pyarrow), [values])


def _fixed_form(array: Any, pyarrow: Any) -> tuple[dict[str, Any], str, Any] | None:
    """Type, layout, and the array in that layout."""
    types, type_ = pyarrow.types, array.type
    if types.is_boolean(type_):
        return {"id": "BOOLEAN"}, "bool", array.cast(pyarrow.uint8())
    if types.is_float16(type_):
        return {"id": "FLOAT"}, "f4", array.cast(pyarrow.float32())
    plain = _PLAIN.get(str(type_))
    if plain is not None:
        return {"id": plain[0]}, plain[1], array
    if types.is_date64(type_):
        return {"id": "DATE"}, "i4", array.cast(pyarrow.date32())
    if types.is_time32(type_):
        return {"id": "TIME"}, "i8", array.cast(pyarrow.time64("us"))
    if types.is_timestamp(type_) and type_.tz is not None:
        return {"id": "TIMESTAMPTZ"}, "i8", array.cast(pyarrow.timestamp("us", tz="UTC"), safe=False)
    if types.is_decimal128(type_):
        # The layout of 16 bytes is that of wide decimals only.
        return {"id": "DECIMAL", "width": max(19, type_.precision), "scale": type_.scale}, "i16", array
    return None


_PLAIN = {
    "int8": ("TINYINT", "i1"),
    "int16": ("SMALLINT", "i2"),
    "int32": ("INTEGER", "i4"),
    "int64": ("BIGINT", "i8"),
    "uint8": ("UTINYINT", "u1"),
    "uint16": ("USMALLINT", "u2"),
    "uint32": ("UINTEGER", "u4"),
    "uint64": ("UBIGINT", "u8"),
    "float": ("FLOAT", "f4"),
    "double": ("DOUBLE", "f8"),
    "date32[day]": ("DATE", "i4"),
    "time64[us]": ("TIME", "i8"),
    "time64[ns]": ("TIME_NS", "i8"),
    "timestamp[s]": ("TIMESTAMP_S", "i8"),
    "timestamp[ms]": ("TIMESTAMP_MS", "i8"),
    "timestamp[us]": ("TIMESTAMP", "i8"),
    "timestamp[ns]": ("TIMESTAMP_NS", "i8"),
}


def _variable(name: str, array: Any, kind: str, layout: str, pyarrow: Any) -> WrittenColumn:
    count = len(array)
    _, offset_bytes, text = array.buffers()
    if count == 0 or offset_bytes is None:
        return WrittenColumn(name, {"id": kind}, layout, count, _valid(array, pyarrow), [bytes(4 * (count + 1)), b""])
    wide = pyarrow.Array.from_buffers(pyarrow.int64(), count + 1, [None, offset_bytes], offset=array.offset)
    first, last = wide[0].as_py(), wide[count].as_py()
    if last - first >= 2**32:
        raise ValueError(f"The column {name} holds more than 4 GB. Append it in parts.")
    compute = __import__("pyarrow.compute").compute
    offsets = compute.subtract(wide, pyarrow.scalar(first, pyarrow.int64())).cast(pyarrow.uint32())
    parts = [memoryview(offsets.buffers()[1])[: 4 * (count + 1)], memoryview(text or b"")[first:last]]
    return WrittenColumn(name, {"id": kind}, layout, count, _valid(array, pyarrow), parts)


def _valid(array: Any, pyarrow: Any) -> Any:
    if array.null_count == 0:
        return None
    return memoryview(array.is_valid().cast(pyarrow.uint8()).buffers()[1])[: len(array)]


def _python_values(array: Any, pyarrow: Any) -> list[Any]:
    values = array.to_pylist()
    if pyarrow.types.is_duration(array.type):
        # Nanoseconds come as pandas' Timedelta where there is pandas.
        return [None if value is None else getattr(value, "to_pytimedelta", lambda value=value: value)() for value in values]
    return values
