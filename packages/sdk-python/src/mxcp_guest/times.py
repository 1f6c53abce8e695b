"""ISO 8601 text to Python's dates and times, also where 3.10's `fromisoformat` is too strict."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

_FRACTION = re.compile(r"\.(\d+)")
_DURATION = re.compile(
    r"(-)?P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?[\d.]+)W)?(?:(-?[\d.]+)D)?"
    r"(?:T(?:(-?[\d.]+)H)?(?:(-?[\d.]+)M)?(?:(-?[\d.]+)S)?)?"
)


def parse_date(text: str) -> date:
    return date.fromisoformat(text)


def parse_time(text: str) -> time:
    return time.fromisoformat(_plain(text))


def parse_datetime(text: str) -> datetime:
    """With the offset that is written; naive when there is none. Digits beyond microseconds are cut."""
    return datetime.fromisoformat(_plain(text))


def parse_timestamp(seconds: Any) -> datetime:
    """The moment that many seconds after 1970, aware, in UTC."""
    microseconds = int(Decimal(str(seconds)) * 1_000_000)
    return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=microseconds)


def parse_duration(text: str) -> timedelta:
    """Raises ValueError for years and months: their length is not fixed."""
    match = _DURATION.fullmatch(text)
    if match is None or match[2] or match[3]:
        raise ValueError(f"{text} has no fixed length.")
    weeks, days, hours, minutes, seconds = (Decimal(part or 0) for part in match.groups()[3:])
    total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
    return timedelta(microseconds=int(total * 1_000_000)) * (-1 if match[1] else 1)


def render_duration(value: timedelta) -> str:
    """ISO 8601: ``P1DT2H3M4.5S``, ``-PT90S`` as ``-PT1M30S``, zero as ``PT0S``."""
    sign = "-" if value < timedelta(0) else ""
    value = abs(value)
    hours, rest = divmod(value.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f"{value.microseconds:06d}".rstrip("0")
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        clock += f"{seconds}" + (f".{fraction}" if fraction else "") + "S"
    days = f"{value.days}D" if value.days else ""
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")


def _plain(text: str) -> str:
    if text[-1:] in "Zz":
        text = text[:-1] + "+00:00"
    # `+02` is what DuckDB writes and what 3.10 does not read.
    if len(text) > 3 and text[-3] in "+-" and ":" in text:
        text += ":00"
    return _FRACTION.sub(lambda match: "." + match[1][:6].ljust(6, "0"), text, count=1)
