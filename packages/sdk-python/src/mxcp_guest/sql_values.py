"""Values of Python as JSON, by SQL type."""

from __future__ import annotations

import base64
import math
import os
import uuid
from collections import abc
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum
from typing import Any, Callable, Mapping

from mxcp_guest.flatten import Flattener, decimal_text
from mxcp_guest.foreign import foreign_form
from mxcp_guest.sql_types import WireType
from mxcp_guest.times import render_duration

Render = Callable[[Any], Any]

INTEGER_RANGES = {
    name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    for name, bits in (("TINYINT", 8), ("SMALLINT", 16), ("INTEGER", 32), ("BIGINT", 64))
} | {name: (0, 2**bits - 1) for name, bits in (("UTINYINT", 8), ("USMALLINT", 16), ("UINTEGER", 32), ("UBIGINT", 64))}


class UnfitResult(TypeError):
    """A result that is no value of the declared type; the message is a sentence."""


def renderer_of(type_: WireType) -> Render:
    """Of values that are not None."""
    render = _exact_renderer_of(type_)
    name = type_["id"]

    def of_any(value: Any) -> Any:
        if isinstance(value, Enum):
            value = value.value
        is_foreign, form = foreign_form(value)
        if is_foreign:
            value = form
        return None if value is None else render(value)

    def refusing(value: Any) -> Any:
        try:
            return of_any(value)
        except UnfitResult:
            raise
        except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError):
            raise UnfitResult(f"It returned a value of type {type(value).__name__}, which is no {name}.") from None

    return refusing


def _exact_renderer_of(type_: WireType) -> Render:
    name = type_["id"]
    if name in INTEGER_RANGES:
        return _integer_in(name, *INTEGER_RANGES[name])
    if name in ("LIST", "ARRAY"):
        item = _optional(renderer_of(type_["item"]))
        return lambda value: [item(each) for each in _items(value)]
    if name == "STRUCT" and "fields" in type_:
        return _struct({field["name"]: _optional(renderer_of(field["type"])) for field in type_["fields"]})
    if name == "MAP" and "key" in type_:
        key, item = renderer_of(type_["key"]), _optional(renderer_of(type_["value"]))
        return lambda value: [[key(each), item(found)] for each, found in dict(value).items()]
    if name == "DECIMAL":
        return _decimal(type_["width"], type_["scale"])
    return _SCALARS.get(name, _any)


def _optional(render: Render) -> Render:
    return lambda value: None if value is None else render(value)


def _integer_in(name: str, low: int, high: int) -> Render:
    def render(value: Any) -> int:
        number = _integer(value)
        if not low <= number <= high:
            raise UnfitResult(f"It returned {number}, which is no {name}.")
        return number

    return render


def _integer(value: Any) -> int:
    if isinstance(value, str):
        raise TypeError
    number = int(value)
    if number != value:
        raise ValueError
    return number


def _struct(fields: dict[str, Render]) -> Render:
    def render(value: Any) -> dict[str, Any]:
        if isinstance(value, Mapping):
            unknown = [key for key in value if key not in fields]
            if unknown:
                raise UnfitResult(f"It returned a dict with the key {unknown[0]!r}, which its declared type does not have.")
            return {name: item(value.get(name)) for name, item in fields.items()}
        if isinstance(value, (str, bytes, int, float, list, set)):
            raise TypeError
        return {name: item(getattr(value, name)) for name, item in fields.items()}

    return render


def _decimal(width: int, scale: int) -> Render:
    unit = Decimal(1).scaleb(-scale)

    def render(value: Any) -> str | None:
        number = value if isinstance(value, Decimal) else Decimal(str(value) if isinstance(value, float) else value)
        if not number.is_finite():
            return None
        with localcontext() as exact:
            exact.prec = max(width, number.adjusted() + scale + 2, 1)
            rounded = number.quantize(unit, ROUND_HALF_UP)
        if rounded.adjusted() >= width - scale and rounded:
            raise UnfitResult(f"It returned {number}, which is no DECIMAL({width},{scale}).")
        return decimal_text(rounded if rounded else abs(rounded))

    return render


def _boolean(value: Any) -> bool:
    if value is True or value is False or value in (0, 1):
        return bool(value)
    raise ValueError


def _double(value: Any) -> float | None:
    if isinstance(value, str):
        raise TypeError
    number = float(value)
    return number if math.isfinite(number) else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value) if value.is_finite() else str(value)
    if isinstance(value, (int, float, uuid.UUID)):
        return str(value)
    if isinstance(value, (date, time, timedelta)):
        return _moment(value)
    return os.fspath(value)


def _blob(value: Any) -> str:
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, int):
        raise TypeError
    return base64.b64encode(memoryview(value).tobytes()).decode()


def _moment(value: Any) -> str:
    if isinstance(value, str):
        return value
    return render_duration(value) if isinstance(value, timedelta) else value.isoformat()


def _date(value: Any) -> str:
    return value if isinstance(value, str) else (value.date() if isinstance(value, datetime) else value).isoformat()


def _timestamp(value: Any) -> str:
    """Without an offset: a moment with one is what it is in UTC."""
    if isinstance(value, str):
        return value
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if value.tzinfo is not None:
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    return value.isoformat()


def _any(value: Any) -> Any:
    return Flattener().flatten(value)


def _items(value: Any) -> Any:
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, abc.Iterable):
        raise TypeError
    return value


_SCALARS: dict[str, Render] = {
    "BOOLEAN": _boolean,
    "FLOAT": _double,
    "DOUBLE": _double,
    "HUGEINT": lambda value: str(_integer(value)),
    "UHUGEINT": lambda value: str(_integer(value)),
    "BIGNUM": lambda value: str(_integer(value)),
    "VARCHAR": _text,
    "ENUM": _text,
    "UUID": _text,
    "BIT": _text,
    "BLOB": _blob,
    "DATE": _date,
    "TIME": _moment,
    "TIME_NS": _moment,
    "TIMETZ": _moment,
    "TIMESTAMP": _timestamp,
    "TIMESTAMP_S": _timestamp,
    "TIMESTAMP_MS": _timestamp,
    "TIMESTAMP_NS": _timestamp,
    "TIMESTAMPTZ": lambda value: value if isinstance(value, str) else value.isoformat(),
    "INTERVAL": lambda value: value if isinstance(value, str) else render_duration(value),
}
