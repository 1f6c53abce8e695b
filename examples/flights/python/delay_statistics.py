"""How delays are spread, with nothing but the standard library."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from mxcp.runtime import db

from punctuality import on_time_percent

if TYPE_CHECKING:
    from mxcp_types import DelayStatisticsResult


def delay_statistics(origin: str | None, destination: str | None) -> DelayStatisticsResult:
    rows = db.execute(
        """
        SELECT delay FROM flights
        WHERE ($origin IS NULL OR origin = $origin) AND ($destination IS NULL OR destination = $destination)
        """,
        {"origin": origin, "destination": destination},
    )
    delays = [row["delay"] for row in rows]
    if not delays:
        return None
    is_single = len(delays) == 1
    return {
        "flights": len(delays),
        "mean": round(statistics.fmean(delays), 2),
        "median": statistics.median(delays),
        "standard_deviation": None if is_single else round(statistics.stdev(delays), 2),
        "quartiles": None if is_single else statistics.quantiles(delays, n=4, method="inclusive"),
        "on_time_percent": on_time_percent(delays),
    }
