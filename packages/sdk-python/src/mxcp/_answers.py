"""What clients answer to the questions of handlers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What became of an elicitation."""

    action: str
    """``accept``, ``decline`` or ``cancel``."""
    content: Any = None
    """What was filled in, a dict; of the class that was given as the schema. None when it was not accepted."""

    @property
    def accepted(self) -> bool:
        return self.action == "accept"


@dataclass(frozen=True)
class Sample:
    """What the client's model said."""

    role: str
    content: Any
    """A content block as MCP writes it, or a list of them."""
    model: str | None = None
    stop_reason: str | None = None

    @property
    def text(self) -> str:
        """The text blocks, put together."""
        blocks = self.content if isinstance(self.content, list) else [self.content]
        return "".join(block["text"] for block in blocks if block.get("type") == "text")


@dataclass(frozen=True)
class Root:
    """A folder or file that the client works in."""

    uri: str
    name: str | None = None
