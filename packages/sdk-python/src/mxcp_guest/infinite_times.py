"""Text for the moments and spans of DuckDB that Python's types cannot hold."""

from __future__ import annotations

_INFINITE_DAYS = 2**31 - 1
_INFINITE = 2**63 - 1


def date_text(days: int) -> str:
    """``infinity``, ``-infinity``, or a date with a year before 1 (``-000043-03-15``) or after 9999."""
    if abs(days) == _INFINITE_DAYS:
        return "infinity" if days > 0 else "-infinity"
    year, month, day = _civil(days)
    text = f"{year:04d}" if 0 <= year <= 9999 else f"{'-' if year < 0 else '+'}{abs(year):06d}"
    return f"{text}-{month:02d}-{day:02d}"


def timestamp_text(value: int, per_second: int, is_zoned: bool) -> str:
    """The same for a moment, counted from 1970 in parts of a second."""
    if abs(value) == _INFINITE:
        return "infinity" if value > 0 else "-infinity"
    seconds, rest = divmod(value, per_second)
    days, seconds = divmod(seconds, 86_400)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    fraction = f".{rest * 1_000_000_000 // per_second:09d}".removesuffix("000") if rest else ""
    return f"{date_text(days)}T{clock}{fraction}{'+00:00' if is_zoned else ''}"


def interval_text(months: int, days: int, microseconds: int) -> str:
    """ISO 8601 with its three parts as DuckDB keeps them: ``P1Y2M3DT4H``."""
    years, months = _split(months, 12)
    hours, rest = _split(microseconds, 3_600_000_000)
    minutes, rest = _split(rest, 60_000_000)
    sign = "-" if rest < 0 else ""
    seconds = f"{sign}{abs(rest) // 1_000_000}" + f".{abs(rest) % 1_000_000:06d}".rstrip("0").rstrip(".")
    parts = ((years, "Y"), (months, "M"), (days, "D"))
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{seconds}S" if rest else "")
    return "P" + "".join(f"{count}{unit}" for count, unit in parts if count) + (f"T{clock}" if clock else "")


def _split(value: int, unit: int) -> tuple[int, int]:
    """Both parts have the sign of the value."""
    whole = abs(value) // unit
    return (-whole, -(abs(value) % unit)) if value < 0 else (whole, value % unit)


def _civil(days: int) -> tuple[int, int, int]:
    """Year, month and day in the Gregorian calendar, for any year. Years start in March here, so leap days come last."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    year = era * 400 + year_of_era + (1 if month <= 2 else 0)
    return year, month, day_of_year - (153 * month_from_march + 2) // 5 + 1
