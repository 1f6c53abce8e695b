"""What is asked, with the product and with duckdb itself."""

from __future__ import annotations

import time
from typing import Any, Callable


def columns_query(rows: int) -> str:
    """An int, a double, a varchar, a timestamp and a decimal."""
    return f"""SELECT i::INTEGER AS id, i / 7.0::DOUBLE AS ratio, 'item number ' || i AS name,
TIMESTAMP '2024-01-01' + to_seconds(i) AS at, (i / 100)::DECIMAL(18, 3) AS price FROM range({rows}) AS numbers(i)"""


def time_ms(run: Callable[[], Any], rows: int) -> float:
    started = time.perf_counter()
    result = run()
    elapsed = (time.perf_counter() - started) * 1000
    if len(result) != rows:
        raise ValueError(f"{len(result)} rows came instead of {rows}.")
    return elapsed
