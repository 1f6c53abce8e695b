"""Results that are read batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mxcp._rows import Rows

if TYPE_CHECKING:
    from mxcp._host import DatabaseAccess, Parameters

_CLOSED = "The stream is closed."


class RowStream:
    """An iterator of `Rows`. Closed when it is read to its end, left as a ``with`` block, or no longer used.

    One that was closed before its end raises RuntimeError instead of looking like one that has no more rows.
    """

    _number: int | None = None
    _was_cut_off = False

    def __init__(self, database: DatabaseAccess, query: str, params: Parameters, batch_rows: int) -> None:
        self._database = database
        self._number = database.open_stream(query, params, _checked(batch_rows))

    def __iter__(self) -> RowStream:
        return self

    def __next__(self) -> Rows:
        if self._was_cut_off:
            raise RuntimeError(_CLOSED)
        rows = None if self._number is None else self._database.fetch(self._number)
        if rows is None:
            self._number = None
            raise StopIteration
        return rows

    def close(self) -> None:
        """Gives the connection back. Nothing happens when it is closed already."""
        number, self._number = self._number, None
        if number is not None:
            self._was_cut_off = True
            self._database.close_stream(number)

    def __enter__(self) -> RowStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if self._number is not None:
            self._database.abandon_stream(self._number)


class AsyncRowStream:
    """The same for ``async for`` and ``async with``."""

    _number: int | None = None
    _was_cut_off = False

    def __init__(self, database: DatabaseAccess, query: str, params: Parameters, batch_rows: int) -> None:
        self._database = database
        self._opening: tuple[str, Any, int] | None = (query, params, _checked(batch_rows))

    def __aiter__(self) -> AsyncRowStream:
        return self

    async def __anext__(self) -> Rows:
        if self._was_cut_off:
            raise RuntimeError(_CLOSED)
        opening, self._opening = self._opening, None
        if opening is not None:
            self._number = await self._database.open_stream_async(*opening)
        rows = None if self._number is None else await self._database.fetch_async(self._number)
        if rows is None:
            self._number = None
            raise StopAsyncIteration
        return rows

    async def aclose(self) -> None:
        """Gives the connection back. Nothing happens when it is closed already."""
        self._was_cut_off = self._was_cut_off or self._opening is not None or self._number is not None
        self._opening = None
        number, self._number = self._number, None
        if number is not None:
            await self._database.close_stream_async(number)

    async def __aenter__(self) -> AsyncRowStream:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if self._number is not None:
            self._database.abandon_stream(self._number)


def _checked(batch_rows: int) -> int:
    if isinstance(batch_rows, bool) or not isinstance(batch_rows, int) or batch_rows < 1:
        raise ValueError(f"batch_rows must be a whole number of at least 1, not {batch_rows!r}.")
    return batch_rows
