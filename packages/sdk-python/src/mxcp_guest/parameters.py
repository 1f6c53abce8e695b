"""Parameters of ``db.execute`` as JSON. DuckDB turns their text into the type that the statement wants."""

from __future__ import annotations

import base64
import math
import os
import uuid
from collections import abc
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from mxcp_guest.flatten import decimal_text
from mxcp_guest.foreign import foreign_form

_MAX_EXACT = 2**53 - 1


def encode_parameters(params: Any) -> Any:
    """A JSON object for a mapping, an array for a sequence, None for None."""
    if params is None:
        return None
    if isinstance(params, abc.Mapping):
        return {str(name).removeprefix("$"): _encode(value) for name, value in params.items()}
    if isinstance(params, abc.Sequence) and not isinstance(params, (str, bytes, bytearray)):
        return [_encode(value) for value in params]
    is_foreign, form = foreign_form(params)
    if is_foreign and form is not params:
        return encode_parameters(form)
    raise TypeError(
        f"The parameters of db.execute must be a dict (for $name) or a list (for ?), not {type(params).__name__}."
    )


def json_form(value: Any) -> Any:
    """A value for a JSON column, or inside a list: like a parameter, with null for NaN, base64 and ISO 8601."""
    if isinstance(value, abc.Mapping):
        return {str(key): json_form(item) for key, item in value.items()}
    if isinstance(value, (str, bytes, bytearray, memoryview)):
        return value if isinstance(value, str) else base64.b64encode(value).decode()
    if isinstance(value, (abc.Sequence, abc.Set)):
        return [json_form(item) for item in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    is_foreign, form = foreign_form(value)
    if is_foreign and form is not value:
        return json_form(form)
    return value.isoformat() if isinstance(value, datetime) else _encode(value)


def _encode(value: Any) -> Any:
    if isinstance(value, Enum):
        return _encode(value.value)
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        # Exact digits as text: the host's numbers are doubles.
        return int(value) if -_MAX_EXACT <= value <= _MAX_EXACT else str(int(value))
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(float(value))
    if isinstance(value, Decimal):
        return decimal_text(value) if value.is_finite() else str(value)
    is_foreign, form = foreign_form(value)
    if is_foreign and form is not value:
        return _encode(form)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.days} days {value.seconds} seconds {value.microseconds} microseconds"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "".join(f"\\x{byte:02X}" for byte in bytes(value))
    if isinstance(value, (uuid.UUID, os.PathLike)):
        return str(value)
    if isinstance(value, abc.Mapping):
        return {str(key): _encode(item) for key, item in value.items()}
    if isinstance(value, (abc.Sequence, abc.Set)):
        return [_encode(item) for item in value]
    raise TypeError(f"A value of type {type(value).__name__} cannot be a parameter of SQL.")
