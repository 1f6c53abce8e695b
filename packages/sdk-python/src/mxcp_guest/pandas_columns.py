"""Columns of a pandas DataFrame, its index left out, as DuckDB's own package reads them."""

from __future__ import annotations

from typing import Any

from mxcp_guest.arrays_columns import column_of_array
from mxcp_guest.column_of_values import column_of_values
from mxcp_guest.package_import import find_package
from mxcp_guest.written_column import WrittenColumn


def columns_of_pandas(frame: Any) -> list[WrittenColumn]:
    return [column_of_series(str(name), frame.iloc[:, place]) for place, name in enumerate(frame.columns)]


def column_of_series(name: str, series: Any) -> WrittenColumn:
    """NaN counts as missing, as everywhere in pandas."""
    import numpy
    import pandas

    dtype = getattr(series, "dtype", None)
    if not isinstance(series, pandas.Series):
        series = pandas.Series(series)
        dtype = series.dtype
    if isinstance(dtype, numpy.dtype):
        if dtype.kind == "O":
            return _objects(name, series)
        return column_of_array(name, series.to_numpy(), is_nan_null=True)
    if isinstance(dtype, pandas.CategoricalDtype):
        return _category(name, series, numpy)
    if isinstance(dtype, pandas.DatetimeTZDtype):
        naive = series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy().astype("M8[us]")
        column = column_of_array(name, naive)
        column.type = {"id": "TIMESTAMPTZ"}
        return column
    return _extension(name, series, dtype, pandas)


def _objects(name: str, series: Any) -> WrittenColumn:
    nulls = series.isna().tolist()
    return column_of_values(name, [None if is_null else value for value, is_null in zip(series.tolist(), nulls)])


def _category(name: str, series: Any, numpy: Any) -> WrittenColumn:
    categories = series.cat.categories.tolist()
    if not categories or not all(type(value) is str for value in categories):
        return _objects(name, series.astype(object))
    codes = series.cat.codes.to_numpy()
    layout = "u1" if len(categories) <= 255 else "u2" if len(categories) <= 65_535 else "u4"
    nulls = codes < 0
    column = column_of_array(name, numpy.where(nulls, 0, codes).astype(layout), nulls)
    column.type, column.layout = {"id": "ENUM", "values": categories}, layout
    return column


def _extension(name: str, series: Any, dtype: Any, pandas: Any) -> WrittenColumn:
    """pandas' own types with missing values, and what is kept in Arrow's form."""
    is_arrow = getattr(dtype, "storage", None) == "pyarrow" or type(dtype).__name__ == "ArrowDtype"
    pyarrow = find_package("pyarrow") if is_arrow else None
    if pyarrow is not None:
        from mxcp_guest.arrow_columns import column_of_arrow

        return column_of_arrow(name, pyarrow.array(series.array), pyarrow)
    base = getattr(dtype, "numpy_dtype", None)
    if base is not None and base.kind in "biuf":
        nulls = series.isna().to_numpy()
        return column_of_array(name, series.to_numpy(dtype=base, na_value=0), nulls, is_nan_null=True)
    return _objects(name, series.astype(object))
