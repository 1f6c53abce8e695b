"""Written by `mxcp-ts types` from the YAML files of the project. Do not edit: it is written anew."""

from __future__ import annotations

import datetime as _dt
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Protocol, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired


class DayReportArgs(TypedDict):
    # The day
    day: _dt.date


class DayReportResultWorstAirport(TypedDict):
    """The airport with the greatest mean delay among those with at least five departures that day"""

    code: str
    flights: int
    # Minutes
    mean_delay: float


class DayReportResultLongestDelay(TypedDict):
    origin: str
    destination: str
    # Minutes
    delay: int


class DayReportResult(TypedDict):
    day: str | _dt.date
    # Flights of the sample on this day
    flights: int
    # Minutes; null without flights
    mean_delay: NotRequired[float | None]
    # Minutes above (or, negative, below) the mean of all days
    compared_to_average: NotRequired[float | None]
    # Hour with the most departures
    busiest_hour: NotRequired[int | None]
    # The airport with the greatest mean delay among those with at least five departures that day
    worst_airport: NotRequired[DayReportResultWorstAirport | None]
    longest_delay: NotRequired[DayReportResultLongestDelay | None]


class DayReport(Protocol):
    """One day at a glance: how many flights, how late, the busiest hour, the worst airport and the longest delay. The data covers 2001-01-01 to 2001-03-31."""

    def __call__(self, *, day: _dt.date) -> DayReportResult | Awaitable[DayReportResult]: ...


class DelayStatisticsArgs(TypedDict):
    # Only flights from this airport
    origin: str | None
    # Only flights to this airport
    destination: str | None


class DelayStatisticsResultValue(TypedDict):
    # How many flights fit
    flights: int
    # Minutes
    mean: float
    # Minutes
    median: float
    # Minutes; null for a single flight
    standard_deviation: NotRequired[float | None]
    # Three values in minutes that cut the flights into quarters; null for a single flight
    quartiles: NotRequired[Sequence[float | None] | None]
    on_time_percent: float


DelayStatisticsResult = DelayStatisticsResultValue | None


class DelayStatistics(Protocol):
    """How delays are spread, for all flights or one route: mean, median, standard deviation, quartiles and the share of flights that are on time (less than 15 minutes late). The result is null when no flight fits."""

    def __call__(self, *, origin: str | None, destination: str | None) -> DelayStatisticsResult | Awaitable[DelayStatisticsResult]: ...
