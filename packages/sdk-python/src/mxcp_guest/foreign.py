"""Values of numpy, pandas, polars and pyarrow as plain Python ones, without importing any of these packages."""

from __future__ import annotations

from typing import Any

_METHODS = {
    ("polars", "DataFrame"): "to_dicts",
    ("polars", "Series"): "to_list",
    ("pyarrow", "Table"): "to_pylist",
    ("pyarrow", "RecordBatch"): "to_pylist",
    ("pyarrow", "Array"): "to_pylist",
    ("pyarrow", "ChunkedArray"): "to_pylist",
    ("pyarrow", "Scalar"): "as_py",
}


def foreign_form(value: Any) -> tuple[bool, Any]:
    """Whether the value is of such a package, and its plain form; the value itself when there is no plain form."""
    package = type(value).__module__.partition(".")[0]
    if package == "numpy":
        return True, _of_numpy(value)
    if package == "pandas":
        return True, _of_pandas(value)
    if package in ("polars", "pyarrow"):
        for kind in type(value).__mro__:
            method = _METHODS.get((package, kind.__name__))
            if method is not None:
                return True, getattr(value, method)()
        return True, value
    return False, value


def _of_numpy(value: Any) -> Any:
    dtype = getattr(value, "dtype", None)
    if dtype is None or not hasattr(value, "tolist"):
        return value
    if dtype.kind in "mM":
        # Finer units come out as bare integers.
        value = value.astype(f"{dtype.kind}8[us]")
    plain = value.tolist()
    if type(plain).__module__.partition(".")[0] == "numpy":
        # Long doubles stay numpy's own.
        return float(plain) if dtype.kind == "f" else value
    if dtype.kind == "f" and dtype.itemsize < 8 and not isinstance(plain, list):
        # 1.1 as a 32-bit float is 1.10000002384185791015625 as a double; its own text is what its author wrote.
        return float(str(value))
    if dtype.kind == "V" and dtype.names and isinstance(plain, tuple):
        return dict(zip(dtype.names, plain))
    return plain


def _of_pandas(value: Any) -> Any:
    names = [kind.__name__ for kind in type(value).__mro__]
    name = names[0]
    if name in ("NaTType", "NAType"):
        return None
    if name == "Timestamp":
        return value.to_pydatetime(warn=False)
    if name == "Timedelta":
        return value.to_pytimedelta()
    if "DataFrame" in names:
        columns = list(value.columns)
        return [dict(zip(columns, row)) for row in value.itertuples(index=False, name=None)]
    if "Interval" in names or "Period" in names or name.endswith("Dtype"):
        return str(value)
    if "Series" in names or "Index" in names or "ExtensionArray" in names:
        return list(value)
    return value
