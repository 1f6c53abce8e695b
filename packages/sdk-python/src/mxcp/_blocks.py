"""What `content` makes: blocks that a client shows, and results that have some."""

from __future__ import annotations

from typing import Any, Mapping, Sequence


class ContentBlock:
    """One piece of what a client shows: a text, an image, a sound, a resource or a link. Made by ``content``."""

    __slots__ = ("_wire",)

    def __init__(self, wire: dict[str, Any]) -> None:
        self._wire = wire

    @property
    def type(self) -> str:
        """``text``, ``image``, ``audio``, ``resource`` or ``resource_link``."""
        return self._wire["type"]

    def model_dump(self) -> dict[str, Any]:
        """The block as MCP writes it; bytes are base64."""
        return dict(self._wire)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ContentBlock) and self._wire == other._wire

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = self._wire.get("mimeType") or self._wire.get("uri") or self._wire.get("text") or ""
        return f"<content block: {self.type} {shown[:60]!r}>"


class ContentResult:
    """A value with blocks beside it. Made by ``content.result``."""

    __slots__ = ("value", "has_value", "blocks", "meta")

    def __init__(
        self, value: Any, has_value: bool, blocks: Sequence[Any], meta: Mapping[str, Any] | None
    ) -> None:
        self.value = value
        self.has_value = has_value
        self.blocks = blocks
        self.meta = meta


for _class in (ContentBlock, ContentResult):
    # Tracebacks and messages show where programs import them from.
    _class.__module__ = "mxcp.runtime"
