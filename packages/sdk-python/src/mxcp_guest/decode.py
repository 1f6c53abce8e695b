"""Values as JSON writes them to Python values, by DuckDB type."""

from __future__ import annotations

import base64
import uuid
from decimal import Decimal
from typing import Any, Callable

from mxcp_guest.times import parse_date, parse_datetime, parse_duration, parse_time

Decoder = Callable[[Any], Any]


def decoder_of(type_: dict[str, Any]) -> Decoder | None:
    """None for types whose JSON value is already the right one."""
    kind = _kind_of(type_)
    if kind in ("LIST", "ARRAY") and "item" in type_:
        return _list_decoder(type_["item"])
    if kind == "STRUCT" and "fields" in type_:
        return _struct_decoder(type_["fields"])
    if kind == "MAP" and "key" in type_:
        return _map_decoder(type_["key"], type_["value"])
    return _SCALARS.get(kind)


def _list_decoder(item: dict[str, Any]) -> Decoder | None:
    decode = decoder_of(item)
    if decode is None:
        return None
    return lambda values: [None if value is None else decode(value) for value in values]


def _struct_decoder(fields: list[dict[str, Any]]) -> Decoder | None:
    decoders = {field["name"]: decoder for field in fields if (decoder := decoder_of(field["type"]))}
    if not decoders:
        return None

    def decode(value: Any) -> Any:
        for name, decoder in decoders.items():
            if value.get(name) is not None:
                value[name] = decoder(value[name])
        return value

    return decode


def _map_decoder(key: dict[str, Any], value: dict[str, Any]) -> Decoder:
    decode_key, decode_value = decoder_of(key) or _same, decoder_of(value) or _same

    def decode(entries: Any) -> Any:
        pairs = entries.items() if isinstance(entries, dict) else entries
        decoded = [(decode_key(k), None if v is None else decode_value(v)) for k, v in pairs]
        try:
            return dict(decoded)
        except TypeError:
            # DuckDB allows lists and structs as keys, Python does not.
            return decoded

    return decode


def _same(value: Any) -> Any:
    return value


def _or_text(parse: Callable[[str], Any]) -> Decoder:
    """DuckDB knows infinite dates, years before Christ and intervals of months; Python's types do not hold them."""

    def decode(text: Any) -> Any:
        try:
            return parse(text)
        except (ValueError, OverflowError, TypeError):
            return text

    return decode


_timestamp = _or_text(parse_datetime)
_SCALARS: dict[str, Decoder] = {
    "DATE": _or_text(parse_date),
    "TIME": _or_text(parse_time),
    "TIMENS": _or_text(parse_time),
    "TIMETZ": _or_text(parse_time),
    "TIMEWITHTIMEZONE": _or_text(parse_time),
    "TIMESTAMP": _timestamp,
    "TIMESTAMPS": _timestamp,
    "TIMESTAMPMS": _timestamp,
    "TIMESTAMPNS": _timestamp,
    "TIMESTAMPTZ": _timestamp,
    "TIMESTAMPWITHTIMEZONE": _timestamp,
    "INTERVAL": _or_text(parse_duration),
    # JSON written by JavaScript has no 5.0.
    "FLOAT": float,
    "DOUBLE": float,
    "DECIMAL": lambda value: Decimal(str(value)),
    "HUGEINT": int,
    "UHUGEINT": int,
    "BIGINT": int,
    "UBIGINT": int,
    "BIGNUM": int,
    "VARINT": int,
    "UUID": _or_text(uuid.UUID),
    "BLOB": base64.b64decode,
    "GEOMETRY": base64.b64decode,
}


def _kind_of(type_: dict[str, Any]) -> str:
    """`TIMESTAMP WITH TIME ZONE`, `TIMESTAMP_TZ` and `DECIMAL(10,2)` in one spelling each."""
    return str(type_.get("id", "")).partition("(")[0].upper().replace("_", "").replace(" ", "")
