"""Arguments as handlers get them: JSON values, and Python's dates where the declared format says so."""

from __future__ import annotations

from typing import Any, Callable

from mxcp.runtime import UserError
from mxcp_guest.times import parse_date, parse_datetime, parse_time, parse_timestamp

_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "date": parse_date,
    "time": parse_time,
    "date-time": parse_datetime,
    "timestamp": parse_timestamp,
}

Converters = dict[str, Callable[[Any], Any]]


def converters_of(parameters: list[dict[str, Any]]) -> Converters:
    """The conversions that a handler's parameters need, by name; empty for most handlers."""
    return {
        parameter["name"]: _CONVERTERS[parameter["format"]]
        for parameter in parameters
        if parameter.get("format") in _CONVERTERS
    }


def convert_arguments(args: dict[str, Any], converters: Converters) -> dict[str, Any]:
    """The same mapping, changed in place."""
    for name, convert in converters.items():
        value = args.get(name)
        if value is None or isinstance(value, bool):
            continue
        try:
            args[name] = convert(value)
        except (ValueError, OverflowError, ArithmeticError) as error:
            raise UserError(f"The value of {name} is outside of what Python's dates can hold.") from error
    return args
