"""Places in Python source as the host counts them."""

from __future__ import annotations

import re

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Positions:
    """Turns Python's line numbers and columns into 0-based offsets in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Python drops a byte order mark before it counts; the host's text has it.
        first = 1 if text.startswith("\ufeff") else 0
        self._line_starts = [first, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def at(self, line: int, byte_column: int) -> int:
        """Of a node: 1-based line, 0-based column in UTF-8 bytes."""
        start, text = self._line(line)
        return self._utf16(start + len(text.encode()[:byte_column].decode("utf-8", "ignore")))

    def at_character(self, line: int, column: int) -> int:
        """Of a syntax error: 1-based line, 1-based column in characters."""
        start, text = self._line(line)
        return self._utf16(start + min(max(column - 1, 0), len(text)))

    def find(self, word: str, utf16_start: int) -> int:
        """Where the word stands first, from an offset on; the offset itself when it does not."""
        start = len(self._text.encode("utf-16-le", "surrogatepass")[: utf16_start * 2].decode("utf-16-le", "ignore"))
        found = self._text.find(word, start)
        return self._utf16(found if found >= 0 else start)

    def _line(self, line: int) -> tuple[int, str]:
        index = min(max(line - 1, 0), len(self._line_starts) - 1)
        start = self._line_starts[index]
        end = self._line_starts[index + 1] if index + 1 < len(self._line_starts) else len(self._text)
        return start, self._text[start:end].rstrip("\r\n")

    def _utf16(self, character: int) -> int:
        before = self._text[:character]
        return character if before.isascii() else len(before.encode("utf-16-le", "surrogatepass")) // 2
