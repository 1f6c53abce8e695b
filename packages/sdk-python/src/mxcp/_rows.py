"""What ``db.execute`` gives."""

from __future__ import annotations

import threading
from operator import is_, itemgetter
from typing import Any, Iterator, Protocol, Sequence


class Source(Protocol):
    """The columns that rows were made of."""

    names: list[str]
    types: list[str]
    count: int
    lock: threading.Lock

    @property
    def values(self) -> list[list[Any]]: ...

    def make_rows(self) -> list[dict[str, Any]]: ...

    def is_fresh(self, column: int) -> bool:
        """Whether the values of the column are still what was sent; only those that can be changed in place are looked at."""

    def frame(self, form: str) -> Any:
        """``df``, ``fetchnumpy``, ``arrow`` or ``pl``."""



class Rows(list):
    """The rows of a result as a real list of dicts, with the names that results of DuckDB's own Python API have."""

    def __init__(
        self,
        rows: Sequence[dict[str, Any]] = (),
        columns: Sequence[str] = (),
        types: Sequence[str] = (),
        source: Source | None = None,
    ) -> None:
        super().__init__(rows)
        self.columns = list(columns)
        """Names of the columns, in order; also there when no row is."""
        self.types = list(types)
        """The types of the columns as SQL writes them, in the same order."""
        self._source = source

    def fetchone(self) -> dict[str, Any] | None:
        """The first row, or None when there is none. Does not advance: a result is not a cursor here."""
        return self[0] if self else None

    def fetchall(self) -> list[dict[str, Any]]:
        """All rows as a plain list of dicts."""
        return list(self)

    def df(self) -> Any:
        """The result as a pandas DataFrame, with the column types that the duckdb package gives."""
        return self._frame("df")

    def fetchnumpy(self) -> dict[str, Any]:
        """A numpy array for each column, by name; a masked one where there are NULLs."""
        return self._frame("fetchnumpy")

    def arrow(self) -> Any:
        """The result as a pyarrow.Table."""
        return self._frame("arrow")

    def pl(self) -> Any:
        """The result as a polars.DataFrame."""
        return self._frame("pl")

    def __reduce_ex__(self, protocol: Any) -> Any:
        return Rows, (list(self), self.columns, self.types)

    def copy(self) -> Rows:
        return Rows(self, self.columns, self.types)

    def _frame(self, form: str) -> Any:
        if self._source is not None and self._is_untouched():
            return self._source.frame(form)
        from mxcp_guest.rows_frame import frame_of_rows

        return frame_of_rows(form, list(self), self.columns)

    def _is_untouched(self) -> bool:
        """Whether the rows still are what the database gave: the very same objects in each place."""
        source = self._source
        if source is None or len(self) != source.count or any(type(row) is not dict for row in self):
            return False
        if any(len(row) != len(source.names) for row in self):
            return False
        try:
            return all(
                all(map(is_, map(itemgetter(name), self), values)) and source.is_fresh(index)
                for index, (name, values) in enumerate(zip(source.names, source.values))
            )
        except KeyError:
            return False


class UnreadRow:
    """Stands for a row that was not made yet. Python code never meets one; C code that reads the list directly may."""

    def __repr__(self) -> str:
        return "<a row that was not read yet; use list(rows)>"


_UNREAD = UnreadRow()


class LazyRows(Rows):
    """Rows of a large result, which become dicts when code first looks at one. Data frames are made without them.

    Everything that Python can do to a list first makes the rows; then this is a plain `Rows`.
    """

    def __init__(self, source: Source) -> None:
        super().__init__([_UNREAD] * source.count, source.names, source.types, source)

    def _make(self) -> None:
        source = self._source
        if source is None:
            return
        with source.lock:
            if type(self) is LazyRows:
                list.__setitem__(self, slice(None), source.make_rows())
                self.__class__ = Rows

    def _is_untouched(self) -> bool:
        return type(self) is LazyRows or super()._is_untouched()

    def fetchone(self) -> dict[str, Any] | None:
        self._make()
        return Rows.fetchone(self)

    def __iter__(self) -> Iterator[Any]:
        self._make()
        return list.__iter__(self)

    def __reversed__(self) -> Iterator[Any]:
        self._make()
        return list.__reversed__(self)

    def __radd__(self, other: list[Any]) -> list[Any]:
        self._make()
        return list.__add__(other, self) if isinstance(other, list) else NotImplemented


def _reading(name: str) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        self._make()
        return getattr(Rows, name)(self, *args, **kwargs)

    method.__name__ = name
    return method


# Not `__len__`: there is a placeholder for each row.
for _name in (
    "__getitem__", "__setitem__", "__delitem__", "__contains__", "__add__", "__iadd__", "__mul__", "__rmul__", "__imul__",
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__repr__", "__reduce_ex__",
    "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort",
):  # fmt: skip
    setattr(LazyRows, _name, _reading(_name))
LazyRows.__hash__ = None  # type: ignore[assignment]
del _name
