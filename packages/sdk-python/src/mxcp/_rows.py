"""What ``db.execute`` gives."""

from __future__ import annotations

from typing import Any, Sequence


class Rows(list):
    """The rows of a result as a real list of dicts, with a few names that DuckDB's own Python API has."""

    def __init__(self, rows: Sequence[dict[str, Any]] = (), columns: Sequence[str] = (), types: Sequence[str] = ()) -> None:
        super().__init__(rows)
        self.columns = list(columns)
        """Names of the columns, in order; also there when no row is."""
        self.types = list(types)
        """DuckDB's names of the column types, in the same order."""

    def fetchone(self) -> dict[str, Any] | None:
        """The first row, or None when there is none. Does not advance: a result is not a cursor here."""
        return self[0] if self else None

    def fetchall(self) -> list[dict[str, Any]]:
        return list(self)

    def df(self) -> Any:
        """The result as a pandas DataFrame, columns in the order of the query."""
        try:
            import pandas
        except ImportError as error:
            raise RuntimeError(
                "df() needs the package pandas, which this interpreter does not have. Install it with `pip install pandas`."
            ) from error
        return pandas.DataFrame([tuple(row.values()) for row in self], columns=self.columns)
