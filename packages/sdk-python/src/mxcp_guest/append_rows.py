"""Rows of user code, in any form, as a ``ColumnBatch``."""

from __future__ import annotations

from collections import abc
from typing import Any, Iterable

from mxcp_guest.column_of_values import column_of_values
from mxcp_guest.written_column import Packed, WrittenColumn, pack


def pack_rows(rows: Any, how: str) -> Packed:
    """Raises TypeError for what is no table, ValueError for columns of different lengths."""
    columns = list(_columns_of(rows, how))
    count = columns[0].count if columns else 0
    for column in columns:
        if column.count != count:
            raise ValueError(
                f"The columns of db.{how} differ in length: {columns[0].name} has {count} values, "
                f"{column.name} {column.count}."
            )
    return pack(columns, count, how)


def _columns_of(rows: Any, how: str) -> Iterable[WrittenColumn]:
    package, names = _kind_of(rows)
    if package == "pandas" and "DataFrame" in names:
        from mxcp_guest.pandas_columns import columns_of_pandas

        return columns_of_pandas(rows)
    if package == "polars" and names & {"DataFrame", "LazyFrame"}:
        from mxcp_guest.arrow_columns import columns_of_polars

        return columns_of_polars(rows)
    if package == "pyarrow" and names & {"Table", "RecordBatch"}:
        from mxcp_guest.arrow_columns import columns_of_arrow

        return columns_of_arrow(rows)
    if isinstance(rows, abc.Mapping):
        return [_column(str(name), values, how) for name, values in rows.items()]
    if isinstance(rows, abc.Iterable) and not isinstance(rows, (str, bytes, bytearray)):
        return _columns_of_dicts(list(rows), how)
    raise TypeError(
        f"db.{how} takes a list of dicts, a data frame, a pyarrow Table or a dict of columns, not {type(rows).__name__}."
    )


def _column(name: str, values: Any, how: str) -> WrittenColumn:
    package, _ = _kind_of(values)
    if package == "numpy" and hasattr(values, "dtype"):
        from mxcp_guest.arrays_columns import column_of_array

        return column_of_array(name, values)
    if package == "pandas":
        from mxcp_guest.pandas_columns import column_of_series

        return column_of_series(name, values)
    if isinstance(values, (str, bytes)) or not isinstance(values, abc.Iterable):
        raise TypeError(f"The column {name} of db.{how} is no list or array but {type(values).__name__}.")
    return column_of_values(name, list(values))


def _columns_of_dicts(rows: list[Any], how: str) -> list[WrittenColumn]:
    for place, row in enumerate(rows):
        if not isinstance(row, abc.Mapping):
            raise TypeError(f"db.{how} takes a list of dicts; item {place} is {type(row).__name__}.")
    names = dict.fromkeys(name for row in rows for name in row)
    return [column_of_values(str(name), [row.get(name) for row in rows]) for name in names]


def _kind_of(value: Any) -> tuple[str, set[str]]:
    """The package of the type, and the names of its classes: a GeoDataFrame is a DataFrame too."""
    names: set[str] = set()
    package = type(value).__module__.partition(".")[0]
    for kind in type(value).__mro__:
        names.add(kind.__name__)
        if kind.__module__.partition(".")[0] in ("pandas", "polars", "pyarrow", "numpy"):
            package = kind.__module__.partition(".")[0]
    return package, names
