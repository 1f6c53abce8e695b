"""Data frames: of a batch, and of rows that user code has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mxcp_guest.package_import import find_package, get_package

if TYPE_CHECKING:
    from mxcp_guest.batch import Batch


def frame_of_batch(form: str, batch: Batch) -> Any:
    """``df``, ``fetchnumpy``, ``arrow`` or ``pl``. Raises RuntimeError when a package is missing."""
    if form == "df":
        pandas = get_package("pandas", "df()")
        from mxcp_guest.pandas_frame import pandas_frame

        return pandas_frame(batch, pandas, get_package("numpy", "df()"))
    if form == "fetchnumpy":
        numpy = get_package("numpy", "fetchnumpy()")
        from mxcp_guest.numpy_columns import numpy_dict

        return numpy_dict(batch, numpy)
    if form == "arrow":
        return _arrow_of(batch, get_package("pyarrow", "arrow()"))
    polars = get_package("polars", "pl()")
    pyarrow = find_package("pyarrow")
    if pyarrow is not None:
        return polars.from_arrow(_arrow_of(batch, pyarrow, has_durations=True))
    return polars.DataFrame({name: polars.Series(name, values, strict=False) for name, values in zip(batch.names, batch.values)})


def frame_of_rows(form: str, rows: list[Any], columns: list[str]) -> Any:
    """The same from dicts, whose values decide about the types."""
    if form == "df":
        return get_package("pandas", "df()").DataFrame(rows, columns=None if rows else columns)
    if form == "arrow":
        return get_package("pyarrow", "arrow()").Table.from_pylist(rows)
    if form == "pl":
        return get_package("polars", "pl()").DataFrame(rows, infer_schema_length=None)
    numpy = get_package("numpy", "fetchnumpy()")
    names = list(dict.fromkeys(name for row in rows for name in row)) or columns
    return {name: _array_of([row.get(name) for row in rows], numpy) for name in names}


def _array_of(values: list[Any], numpy: Any) -> Any:
    try:
        array = numpy.array(values)
    except ValueError:
        array = None
    # Lists of one length would become a second dimension.
    return array if array is not None and array.ndim == 1 else numpy.fromiter(values, dtype=object, count=len(values))


def _arrow_of(batch: Batch, pyarrow: Any, has_durations: bool = False) -> Any:
    from mxcp_guest.arrow_table import arrow_table

    return arrow_table(batch, pyarrow, has_durations)
