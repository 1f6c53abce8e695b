"""Columns on their way to the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

# What the host takes in one message is 256 MiB.
_MAX_BYTES = 255 * 1024 * 1024


@dataclass
class WrittenColumn:
    """One column of a ``ColumnBatch``. ``parts`` are its values as the layout says, each padded later."""

    name: str
    type: dict[str, Any]
    layout: str
    count: int
    valid: Any
    """A byte per row, 1 where there is a value; None when there is one everywhere."""
    parts: Sequence[Any]


@dataclass
class Packed:
    """The fields of a message, ``bytes`` last, and the buffers that follow it."""

    header: dict[str, Any]
    buffers: list[Any]


def pack(columns: list[WrittenColumn], count: int, how: str) -> Packed:
    buffers: list[Any] = []
    size = 0
    for column in columns:
        for part in ([] if column.valid is None else [column.valid]) + list(column.parts):
            view = memoryview(part).cast("B") if memoryview(part).nbytes else b""
            padding = -len(view) % 8
            size += len(view) + padding
            buffers += [view, bytes(padding)] if padding else [view]
    if size > _MAX_BYTES:
        raise ValueError(
            f"The rows take {size >> 20} MiB, and one db.{how} carries up to {_MAX_BYTES >> 20}. "
            "Append them in parts; in a transaction they are still all or none."
        )
    described = [
        {"name": column.name, "type": column.type, "layout": column.layout, "nulls": column.valid is not None}
        for column in columns
    ]
    return Packed({"count": count, "columns": described, "bytes": size}, buffers)
