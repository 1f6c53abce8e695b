"""Python values to the few types that JSON has."""

from __future__ import annotations

import base64
import dataclasses
import math
import os
import types
import uuid
from collections import abc
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Iterable

from mxcp._blocks import ContentBlock, ContentResult
from mxcp_guest.foreign import foreign_form
from mxcp_guest.times import render_duration

_MAX_EXACT = 2**53 - 1
# The place of a value: its key and the place of what holds it.
Place = tuple[Any, "Place | None"]

_WITHOUT_FORM = (type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, abc.Coroutine)


class UnserializableResult(TypeError):
    """A result that has no JSON form; the message names the type and the place."""


class Flattener:
    """Flattens one result. ``exact`` collects the numbers that a double cannot hold: JSON Pointer and text."""

    def __init__(self) -> None:
        self.exact: list[dict[str, str]] = []
        self._open: set[int] = set()

    def flatten(self, value: Any, place: Place | None = None) -> Any:
        if isinstance(value, Enum):
            return self.flatten(value.value, place)
        if value is None or isinstance(value, (str, bool, int, float, Decimal)):
            return self._scalar(value, place)
        is_foreign, form = foreign_form(value)
        if is_foreign:
            return self.flatten(form, place) if form is not value else self._refuse(value, place)
        if isinstance(value, (date, time, timedelta, uuid.UUID, os.PathLike, bytes, bytearray, memoryview)):
            return text_of(value)
        return self._container(value, place)

    def _scalar(self, value: Any, place: Place | None) -> Any:
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int):
            number = int(value)
            return number if -_MAX_EXACT <= number <= _MAX_EXACT else self._exact(str(number), place)
        if isinstance(value, float):
            return float(value) if math.isfinite(value) else None
        return self._exact(decimal_text(value), place) if value.is_finite() else None

    def _exact(self, text: str, place: Place | None) -> str:
        self.exact.append({"pointer": pointer_of(place), "text": text})
        return text

    def _container(self, value: Any, place: Place | None) -> Any:
        if id(value) in self._open:
            raise UnserializableResult(f"The result contains itself {_at(place)}.")
        self._open.add(id(value))
        try:
            fields = _fields_of(value)
            if fields is not None:
                return {text: self.flatten(item, (text, place)) for text, item in _with_text_keys(fields, place)}
            if isinstance(value, _WITHOUT_FORM) or not isinstance(value, abc.Iterable):
                return self._other(value, place)
            return [self.flatten(item, (index, place)) for index, item in enumerate(_items_of(value))]
        finally:
            self._open.discard(id(value))

    def _other(self, value: Any, place: Place | None) -> Any:
        if isinstance(value, (Fraction, complex)) or type(value).__module__ in ("ipaddress", "zoneinfo"):
            return str(value)
        return self._refuse(value, place)

    def _refuse(self, value: Any, place: Place | None) -> Any:
        kind = type(value)
        if isinstance(value, (ContentBlock, ContentResult)):
            raise UnserializableResult(
                f"The result holds a {kind.__name__} {_at(place)}, where it cannot be shown. "
                "Return a block, a list that holds blocks, or content.result(value, blocks)."
            )
        name = kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
        raise UnserializableResult(
            f"The result holds a value of type {name} {_at(place)}, which has no JSON form. "
            "Return dicts, lists, text, numbers, dates, dataclasses or pydantic models."
        )


def text_of(value: Any) -> str:
    """Dates and times in ISO 8601, bytes in base64, the rest by ``str``."""
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return render_duration(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    return str(value)


def decimal_text(value: Decimal) -> str:
    """Digits without an exponent, scale kept, unless that would take hundreds of them."""
    return format(value, "f") if abs(value.adjusted()) < 100 else str(value)


def pointer_of(place: Place | None) -> str:
    """The place as a JSON Pointer; the result itself is ``""``."""
    parts: list[str] = []
    while place is not None:
        key, place = place
        parts.append("/" + str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(reversed(parts))


def _fields_of(value: Any) -> Iterable[tuple[Any, Any]] | None:
    """The entries of what becomes an object; None for everything else."""
    if isinstance(value, abc.Mapping):
        return value.items()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return value._asdict().items()
    if isinstance(value, type):
        return None
    kind = type(value)
    if hasattr(kind, "model_fields") and callable(getattr(value, "model_dump", None)):
        return value.model_dump().items() if not hasattr(value, "root") else None
    if hasattr(kind, "__fields__") and callable(getattr(value, "dict", None)):
        return value.dict().items()
    if hasattr(kind, "__attrs_attrs__"):
        return [(field.name, getattr(value, field.name)) for field in kind.__attrs_attrs__]
    return None


def _with_text_keys(fields: Iterable[tuple[Any, Any]], place: Place | None) -> Iterable[tuple[str, Any]]:
    for key, item in fields:
        yield (key if type(key) is str else _key_text(key, place)), item


def _key_text(key: Any, place: Place | None) -> str:
    if isinstance(key, Enum):
        return _key_text(key.value, place)
    if isinstance(key, str):
        return str.__str__(key)
    if key is None:
        return "null"
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, int):
        return str(int(key))
    if isinstance(key, float):
        return repr(float(key))
    if isinstance(key, tuple):
        return ",".join(_key_text(part, place) for part in key)
    is_foreign, form = foreign_form(key)
    if is_foreign and form is not key:
        return _key_text(form, place)
    if isinstance(key, Decimal):
        return decimal_text(key) if key.is_finite() else str(key)
    if isinstance(key, (date, time, timedelta, uuid.UUID, os.PathLike, bytes, frozenset)) or is_foreign:
        return text_of(key) if not isinstance(key, frozenset) else ",".join(sorted(_key_text(part, place) for part in key))
    raise UnserializableResult(
        f"The result has a key of type {type(key).__qualname__} {_at(place)}, which has no text form. Use text for keys."
    )


def _items_of(value: Any) -> Iterable[Any]:
    if not isinstance(value, (set, frozenset)):
        return value
    try:
        # The order of a set of texts differs between two runs of Python.
        return sorted(value)
    except TypeError:
        return value


def _at(place: Place | None) -> str:
    return "at its top level" if place is None else f"at {pointer_of(place)}"
