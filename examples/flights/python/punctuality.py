"""What the tools of this project mean by being on time."""

from __future__ import annotations

from typing import Iterable

ON_TIME_LIMIT_MINUTES = 15


def on_time_percent(delays: Iterable[int]) -> float:
    """The share of delays below the limit, in percent with one decimal; 0 when there is none."""
    on_time = [delay < ON_TIME_LIMIT_MINUTES for delay in delays]
    return round(100 * sum(on_time) / len(on_time), 1) if on_time else 0.0
