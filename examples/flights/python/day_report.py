"""One day at a glance: several queries at the same time."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from mxcp.runtime import db

if TYPE_CHECKING:
    from mxcp_types import DayReportResult

TOTALS = """
    SELECT count(*) AS flights, avg(delay) AS mean_delay, (SELECT avg(delay) FROM flights) AS usual_delay
    FROM flights WHERE departure::DATE = $day
"""

BUSIEST_HOUR = """
    SELECT hour(departure) AS hour
    FROM flights WHERE departure::DATE = $day
    GROUP BY hour ORDER BY count(*) DESC, hour LIMIT 1
"""

WORST_AIRPORT = """
    SELECT origin AS code, count(*) AS flights, round(avg(delay), 1) AS mean_delay
    FROM flights WHERE departure::DATE = $day
    GROUP BY origin HAVING count(*) >= 5 ORDER BY avg(delay) DESC, origin LIMIT 1
"""

LONGEST_DELAY = """
    SELECT origin, destination, delay
    FROM flights WHERE departure::DATE = $day
    ORDER BY delay DESC, id LIMIT 1
"""


async def day_report(day: date) -> DayReportResult:
    queries = (TOTALS, BUSIEST_HOUR, WORST_AIRPORT, LONGEST_DELAY)
    totals, hours, airports, delays = await asyncio.gather(*(db.execute_async(sql, {"day": day}) for sql in queries))
    mean, usual = totals[0]["mean_delay"], totals[0]["usual_delay"]
    return {
        "day": day,
        "flights": totals[0]["flights"],
        "mean_delay": None if mean is None else round(mean, 1),
        "compared_to_average": None if mean is None else round(mean - usual, 1),
        "busiest_hour": hours[0]["hour"] if hours else None,
        "worst_airport": airports[0] if airports else None,
        "longest_delay": delays[0] if delays else None,
    }
