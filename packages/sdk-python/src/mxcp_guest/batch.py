"""A ``ColumnBatch`` as it came over the wire: where each column lies in its bytes."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import Any, Callable, Sequence

from mxcp_guest.column_values import decode_column
from mxcp_guest.rows_frame import frame_of_batch
from mxcp_guest.type_text import type_text

WireType = dict[str, Any]

_VALUE_BYTES = {
    "bool": 1, "i1": 1, "i2": 2, "i4": 4, "i8": 8, "i16": 16,
    "u1": 1, "u2": 2, "u4": 4, "u8": 8, "f4": 4, "f8": 8, "interval": 16,
}  # fmt: skip


class Column:
    """Views of the bytes of one column. Nothing here is a copy."""

    __slots__ = ("name", "type", "layout", "count", "valid", "values", "text")

    def __init__(self, name: str, type_: WireType, layout: str, count: int) -> None:
        self.name = name
        self.type = type_
        self.layout = layout
        self.count = count
        self.valid: memoryview | None = None
        """A byte per row, 1 where there is a value; None when there is one everywhere."""
        self.values = memoryview(b"")
        """The fixed-size values; the ``count + 1`` offsets of text and blobs; the JSON text itself."""
        self.text = memoryview(b"")
        """The bytes of all texts or blobs, end to end."""


class Batch:
    """A result, or one batch of a stream. Its Python values are made when they are first asked for."""

    def __init__(self, columns: Sequence[dict[str, Any]], count: int, data: Any) -> None:
        self.count = count
        self.columns = _locate(columns, count, memoryview(data))
        self.names = [column.name for column in self.columns]
        self.types = [type_text(column.type) for column in self.columns]
        self.lock = threading.Lock()

    @cached_property
    def values(self) -> list[list[Any]]:
        """The Python values of each column."""
        return [decode_column(column) for column in self.columns]

    def make_rows(self) -> list[dict[str, Any]]:
        make = _row_maker(tuple(self.names)) if self.count > _WORTH_A_MAKER else _make_plainly
        return make(self.names, self.values)

    def is_fresh(self, column: int) -> bool:
        """Whether the values are still what was sent. Only those that code can change in place are looked at."""
        if self.columns[column].type["id"] not in _CHANGEABLE:
            return True
        return decode_column(self.columns[column]) == self.values[column]

    def frame(self, form: str) -> Any:
        return frame_of_batch(form, self)


_CHANGEABLE = frozenset({"JSON", "LIST", "ARRAY", "STRUCT", "MAP", "UNION", "VARIANT"})


# Compiling a function for the names takes about as long as 500 rows save with it.
_WORTH_A_MAKER = 1000


def _make_plainly(names: list[str], values: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(names, row)) for row in zip(*values)]


def _row_maker(names: tuple[str, ...]) -> Callable[[list[str], list[list[Any]]], list[dict[str, Any]]]:
    """A dict display is three times as fast as ``dict(zip(…))``. Names go in as quoted literals only."""
    variables = [f"v{index}" for index in range(len(names))]
    entries = ", ".join(f"{name!r}: {variable}" for name, variable in zip(names, variables))
    source = f"lambda names, values: [{{{entries}}} for {', '.join(variables)}, in zip(*values)]"
    return eval(source, {"__builtins__": {}, "zip": zip})


def _locate(columns: Sequence[dict[str, Any]], count: int, data: memoryview) -> list[Column]:
    located: list[Column] = []
    at = 0

    def take(size: int) -> memoryview:
        nonlocal at
        part = data[at : at + size]
        at += (size + 7) & ~7
        return part

    for described, name in zip(columns, _unique_names([column["name"] for column in columns])):
        column = Column(name, described["type"], described["layout"], count)
        if described["nulls"]:
            column.valid = take(count)
        if column.layout in ("text", "blob"):
            column.values = take((count + 1) * 4).cast("I")
            column.text = take(column.values[count])
        elif column.layout == "json":
            column.values = take(take(8).cast("I")[0])
        else:
            column.values = take(count * _VALUE_BYTES[column.layout])
        located.append(column)
    return located


def _unique_names(names: list[str]) -> list[str]:
    """A second ``a`` becomes ``a_1``, as in DuckDB's data frames: a row is a dict."""
    if len(set(names)) == len(names):
        return names
    unique: list[str] = []
    for name in names:
        free, number = name, 0
        while free in unique or (number and free in names):
            number += 1
            free = f"{name}_{number}"
        unique.append(free)
    return unique
