"""Type hints of Python as SQL types."""

from __future__ import annotations

import datetime
import types
import typing
import uuid
from collections import abc
from decimal import Decimal
from typing import Any

_SCALARS = {
    bool: "BOOLEAN",
    # Wider than the original's INTEGER: what `count(*)` gives is a BIGINT, which INTEGER would refuse.
    int: "BIGINT",
    float: "DOUBLE",
    Decimal: "DECIMAL(18,3)",
    str: "VARCHAR",
    bytes: "BLOB",
    bytearray: "BLOB",
    datetime.datetime: "TIMESTAMP",
    datetime.date: "DATE",
    datetime.time: "TIME",
    datetime.timedelta: "INTERVAL",
    uuid.UUID: "UUID",
}
_UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))


class UnsupportedHint(TypeError):
    """A hint that SQL has no type for; the message is a sentence without a place."""


def sql_type_of(hint: Any) -> str:
    """The type as SQL writes it: ``VARCHAR``, ``BIGINT[]``, ``STRUCT("name" VARCHAR)``. Being optional changes nothing."""
    return _type_of(hint, ())


def hints_of(function: Any) -> dict[str, Any]:
    """The hints of a function or class by name, those in quotes resolved."""
    try:
        return typing.get_type_hints(function)
    except Exception as error:
        raise UnsupportedHint(f"Its type hints cannot be read: {error}.") from error


def _type_of(hint: Any, outer: tuple[Any, ...]) -> str:
    hint = getattr(hint, "__supertype__", hint)
    hint = hint.__origin__ if hasattr(hint, "__metadata__") else hint
    if typing.get_origin(hint) in _UNIONS:
        hint = _only_member(hint)
    if isinstance(hint, type) and hint in _SCALARS:
        return _SCALARS[hint]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (list, abc.Sequence, abc.Iterable) and len(args) == 1:
        return f"{_type_of(args[0], outer)}[]"
    if origin in (dict, abc.Mapping) and len(args) == 2:
        return f"MAP({_type_of(args[0], outer)}, {_type_of(args[1], outer)})"
    if isinstance(hint, type) and getattr(hint, "__annotations__", None) and hint not in outer:
        fields = hints_of(hint).items()
        return f"STRUCT({', '.join(f'{_quoted(name)} {_type_of(field, (*outer, hint))}' for name, field in fields)})"
    raise UnsupportedHint(f"SQL has no type for the hint {_text_of(hint)}. Write {_advice(hint)}.")


def _only_member(union: Any) -> Any:
    members = [member for member in typing.get_args(union) if member is not type(None)]
    if len(members) != 1:
        raise UnsupportedHint(f"SQL has no type for the hint {_text_of(union)}. Write one type, or one type and None.")
    return members[0]


def _advice(hint: Any) -> str:
    if hint in (list, typing.List, tuple, set) or typing.get_origin(hint) in (tuple, set, frozenset):
        return "the type of its items, such as `list[str]`"
    if hint in (dict, typing.Dict):
        return "the types of its keys and values, such as `dict[str, int]`"
    return (
        "one of bool, int, float, Decimal, str, bytes, datetime, date, time, timedelta, list[…], dict[…, …] "
        "or a dataclass"
    )


def _text_of(hint: Any) -> str:
    return hint.__qualname__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint).replace("typing.", "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
