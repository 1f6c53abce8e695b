"""A batch as a pandas DataFrame, with the column types that DuckDB's own Python package gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mxcp_guest.numpy_columns import nulls_of, numpy_array, raw
from mxcp_guest.package_import import find_package

if TYPE_CHECKING:
    from mxcp_guest.batch import Batch, Column


def pandas_frame(batch: Batch, pandas: Any, numpy: Any) -> Any:
    """Integers and booleans with NULLs get pandas' nullable types, ENUM becomes a category, DECIMAL float64."""
    columns = {column.name: _series_data(column, pandas, numpy) for column in batch.columns}
    # The arrays belong to nobody else, so there is nothing to copy them for.
    return pandas.DataFrame(columns, copy=False, index=pandas.RangeIndex(batch.count) if not columns else None)


def _series_data(column: Column, pandas: Any, numpy: Any) -> Any:
    kind = column.type["id"]
    if kind == "ENUM" and column.layout != "json":
        return _category(column, pandas, numpy)
    if kind == "VARCHAR" and column.layout == "text":
        return _text(column, pandas, numpy)
    array = numpy_array(column, numpy)
    if kind == "TIMESTAMPTZ" and array.dtype.kind == "M":
        return pandas.DatetimeIndex(array).tz_localize("UTC")
    if array.dtype == object:
        return _with_missing(array, pandas, numpy)
    nulls = nulls_of(column, numpy)
    if nulls is None or array.dtype.kind in "mM":
        return array
    if array.dtype.kind == "f":
        array[nulls] = numpy.nan
        return array
    return (pandas.arrays.BooleanArray if array.dtype.kind == "b" else pandas.arrays.IntegerArray)(array, nulls)


def _category(column: Column, pandas: Any, numpy: Any) -> Any:
    codes = raw(column, numpy).astype("i4")
    nulls = nulls_of(column, numpy)
    if nulls is not None:
        codes[nulls] = -1
    return pandas.Categorical.from_codes(codes, categories=column.type["values"], ordered=True)


def _text(column: Column, pandas: Any, numpy: Any) -> Any:
    dtype = pandas.Series([], dtype="str").dtype
    # pandas 3 keeps text in Arrow's own form when pyarrow is there.
    if getattr(dtype, "storage", None) == "pyarrow":
        pyarrow = find_package("pyarrow")
        if pyarrow is not None:
            from mxcp_guest.arrow_table import owned_text

            return pandas.arrays.ArrowStringArray(owned_text(column, pyarrow), dtype=dtype)
    values = numpy_array(column, numpy)
    return values if dtype == object else pandas.array(values, dtype=dtype)


def _with_missing(array: Any, pandas: Any, numpy: Any) -> Any:
    nulls = numpy.fromiter((value is None for value in array), dtype=bool, count=len(array))
    array[nulls] = pandas.NA
    return pandas.array(array, dtype=object)
