"""Types as SQL writes them, as the wire has them."""

from __future__ import annotations

import re
from typing import Any

WireType = dict[str, Any]

_TOKEN = re.compile(r"""\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\w+|[(),\[\]])""")
_ALIASES = {
    "BOOL": "BOOLEAN", "LOGICAL": "BOOLEAN",
    "INT1": "TINYINT", "INT2": "SMALLINT", "SHORT": "SMALLINT",
    "INT": "INTEGER", "INT4": "INTEGER", "SIGNED": "INTEGER",
    "INT8": "BIGINT", "LONG": "BIGINT",
    "UINT8": "UTINYINT", "UINT16": "USMALLINT", "UINT32": "UINTEGER", "UINT64": "UBIGINT",
    "INT16": "SMALLINT", "INT32": "INTEGER", "INT64": "BIGINT", "INT128": "HUGEINT", "UINT128": "UHUGEINT",
    "REAL": "FLOAT", "FLOAT4": "FLOAT", "FLOAT8": "DOUBLE",
    "NUMERIC": "DECIMAL", "DEC": "DECIMAL",
    "TEXT": "VARCHAR", "STRING": "VARCHAR", "CHAR": "VARCHAR", "BPCHAR": "VARCHAR", "NVARCHAR": "VARCHAR",
    "BYTEA": "BLOB", "BINARY": "BLOB", "VARBINARY": "BLOB",
    "DATETIME": "TIMESTAMP", "TIMESTAMP_US": "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ", "TIMESTAMP WITHOUT TIME ZONE": "TIMESTAMP",
    "TIME WITH TIME ZONE": "TIMETZ", "TIME WITHOUT TIME ZONE": "TIME",
    "DOUBLE PRECISION": "DOUBLE", "GUID": "UUID", "BITSTRING": "BIT", "VARINT": "BIGNUM", "ROW": "STRUCT",
}  # fmt: skip


def parse_sql_type(text: str) -> WireType:
    """Raises ValueError with a sentence for text that is no type. Whether a name exists only DuckDB knows."""
    reader = _Reader(text)
    parsed = reader.type()
    reader.end()
    return parsed


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _TOKEN.findall(text)
        if "".join(_TOKEN.sub(" ", text).split()):
            raise self._unreadable()

    def type(self) -> WireType:
        found = self._named()
        while self._take("["):
            size = self._take_number()
            self._expect("]")
            found = {"id": "LIST", "item": found} if size is None else {"id": "ARRAY", "item": found, "size": size}
        return found

    def end(self) -> None:
        if self._tokens:
            raise self._unreadable()

    def _named(self) -> WireType:
        words = self._words()
        name = " ".join(words).upper()
        name = _ALIASES.get(name, name)
        if name in ("STRUCT", "UNION") and self._take("("):
            return {"id": name, "fields": self._list(self._field)}
        if name == "MAP" and self._take("("):
            key, value = self._two(self._list(self.type))
            return {"id": "MAP", "key": key, "value": value}
        if name == "ENUM" and self._take("("):
            return {"id": "ENUM", "values": self._list(self._name)}
        sizes = self._list(self._number) if self._take("(") else []
        if name == "DECIMAL":
            width, scale = (*sizes, 0)[:2] if sizes else (18, 3)
            return {"id": "DECIMAL", "width": width, "scale": scale}
        return {"id": name}

    def _words(self) -> list[str]:
        words = [self._name()]
        while self._tokens and self._tokens[0].isidentifier() and words[0].upper() in ("TIMESTAMP", "TIME", "DOUBLE"):
            words.append(self._tokens.pop(0))
        return words

    def _field(self) -> dict[str, Any]:
        return {"name": self._name(), "type": self.type()}

    def _list(self, read: Any) -> list[Any]:
        found = [read()]
        while self._take(","):
            found.append(read())
        self._expect(")")
        return found

    def _two(self, found: list[Any]) -> list[Any]:
        if len(found) != 2:
            raise self._unreadable()
        return found

    def _name(self) -> str:
        token = self._tokens.pop(0) if self._tokens else ""
        if token[:1] in ('"', "'"):
            return token[1:-1].replace(token[0] * 2, token[0])
        if not token.isidentifier():
            raise self._unreadable()
        return token

    def _number(self) -> int:
        number = self._take_number()
        if number is None:
            raise self._unreadable()
        return number

    def _take_number(self) -> int | None:
        return int(self._tokens.pop(0)) if self._tokens and self._tokens[0].isdecimal() else None

    def _take(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            self._tokens.pop(0)
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise self._unreadable()

    def _unreadable(self) -> ValueError:
        return ValueError(f'"{self._text}" is not a SQL type.')
