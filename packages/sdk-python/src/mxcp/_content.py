"""``content``: what a handler can return beside plain values."""

from __future__ import annotations

from datetime import date
from typing import Any, Iterable, Mapping, Sequence

from mxcp._blocks import ContentBlock, ContentResult
from mxcp._json import json_value
from mxcp._media import read_bytes, read_media

_NO_VALUE: Any = object()


class Content:
    """Makes content blocks. A handler returns one block, a list that holds some, or ``content.result(value, blocks)``.

    Each takes the options ``audience`` (``"user"``, ``"assistant"`` or both in a list), ``priority`` (from 0 to 1),
    ``last_modified`` (a moment, or ISO 8601 text) and ``meta`` (a dict, which goes to clients as ``_meta``).
    """

    def text(self, text: str, **options: Any) -> ContentBlock:
        return _block({"type": "text", "text": _text(text, "content.text")}, options, "content.text")

    def image(self, data: Any, mime_type: str | None = None, **options: Any) -> ContentBlock:
        """``data``: bytes, a pathlib.Path, a PIL image, a matplotlib figure, or base64 text. The media type of PNG, JPEG,
        GIF and WebP is found when it is left out."""
        return _media("image", data, mime_type, options)

    def audio(self, data: Any, mime_type: str | None = None, **options: Any) -> ContentBlock:
        """``data``: bytes, a pathlib.Path, or base64 text. The media type of WAV, MP3, OGG and FLAC is found when it is
        left out."""
        return _media("audio", data, mime_type, options)

    def resource(
        self, uri: str, mime_type: str | None = None, *, text: str | None = None, blob: Any = None, **options: Any
    ) -> ContentBlock:
        """A resource with what it holds: ``text``, or ``blob`` (bytes, a pathlib.Path, or base64 text)."""
        name = "content.resource"
        if (text is None) == (blob is None):
            raise TypeError(f"{name} takes either text or blob: what the resource holds.")
        resource: dict[str, Any] = {"uri": _text(uri, name, "its URI"), **_given(name, mimeType=mime_type)}
        if text is not None:
            resource["text"] = _text(text, name)
        else:
            resource["blob"] = read_bytes(blob, mime_type, name)
        return _block({"type": "resource", "resource": resource}, options, name)

    def link(
        self,
        uri: str,
        name: str,
        title: str | None = None,
        description: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
        **options: Any,
    ) -> ContentBlock:
        """A resource that the client may read. ``size`` is in bytes."""
        function = "content.link"
        wire = {"type": "resource_link", "uri": _text(uri, function, "its URI"), "name": _text(name, function, "a name")}
        wire.update(_given(function, title=title, description=description, mimeType=mime_type))
        if size is not None:
            wire["size"] = json_value(size, function)
        return _block(wire, options, function)

    def result(
        self,
        value: Any = _NO_VALUE,
        blocks: ContentBlock | str | Sequence[Any] = (),
        meta: Mapping[str, Any] | None = None,
    ) -> ContentResult:
        """A value, which is checked against ``return``, with blocks beside it. ``meta`` goes to clients as ``_meta``.

        Without a value the blocks are the whole result.
        """
        listed = [blocks] if isinstance(blocks, (ContentBlock, str)) else list(blocks)
        kept = None if meta is None else _meta(meta, "content.result")
        return ContentResult(None if value is _NO_VALUE else value, value is not _NO_VALUE, listed, kept)


def _media(kind: str, data: Any, mime_type: str | None, options: dict[str, Any]) -> ContentBlock:
    name = f"content.{kind}"
    text, found = read_media(data, _given(name, mimeType=mime_type).get("mimeType"), name)
    return _block({"type": kind, "data": text, "mimeType": found}, options, name)


def _block(wire: dict[str, Any], options: dict[str, Any], name: str) -> ContentBlock:
    annotations: dict[str, Any] = {}
    for option, value in options.items():
        if option not in ("audience", "priority", "last_modified", "meta"):
            raise TypeError(f"{name} has no option {option}. There are audience, priority, last_modified and meta.")
        if value is None:
            continue
        if option == "meta":
            wire["_meta"] = _meta(value, name)
        elif option == "audience":
            annotations["audience"] = _audience(value)
        elif option == "priority":
            annotations["priority"] = _priority(value)
        else:
            annotations["lastModified"] = value.isoformat() if isinstance(value, date) else _text(value, name, option)
    if annotations:
        wire["annotations"] = annotations
    return ContentBlock(wire)


def _audience(value: str | Iterable[str]) -> list[str]:
    roles = [value] if isinstance(value, str) else list(value)
    for role in roles:
        if role not in ("user", "assistant"):
            raise ValueError(f'The audience is "user", "assistant" or a list of both, not {role!r}.')
    return roles


def _priority(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError(f"The priority is a number from 0 to 1, not {value!r}.")
    return value


def _meta(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"meta is a dict, not {type(value).__name__}.")
    return json_value(dict(value), f"meta of {name}")


def _given(name: str, **texts: str | None) -> dict[str, str]:
    return {field: _text(text, name, field) for field, text in texts.items() if text is not None}


def _text(value: Any, name: str, what: str = "") -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} takes {f'{what} as ' if what else ''}text, not {type(value).__name__}.")
    return str.__str__(value)
