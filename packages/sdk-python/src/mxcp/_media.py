"""Bytes of images and sounds, in the forms that handlers have them, and their media types."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
from typing import Any

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP", "image/svg+xml": "svg"}

_FIRST_BYTES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
)
_SUBTYPE = re.compile(r"[\w!#$&^.+-]+(?:\s*;.*)?\Z", re.ASCII)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
# 16 bytes say what a file is; as base64 they are a little more.
_BASE64_HEAD = 24


def read_media(data: Any, mime_type: str | None, name: str) -> tuple[str, str]:
    """The bytes in base64, and their media type, found from their beginning when it is not given.

    ``data`` are bytes, a path, a picture of PIL, a figure of matplotlib, or base64 text. ``name`` is the function of
    ``content`` that was called, for messages.
    """
    wanted = name.partition(".")[2]
    if mime_type is not None and not _is_media_type(mime_type, wanted):
        raise ValueError(f"{name} takes a media type that begins with {wanted}/, not {mime_type}.")
    text, head = _base64_of(data, mime_type, name)
    found = mime_type if mime_type is not None else _media_type_of(head)
    if found is None:
        raise ValueError(f"{name} does not recognize these bytes. Give their media type: {name}(data, \"image/svg+xml\").")
    if mime_type is None and not found.startswith(wanted + "/"):
        raise ValueError(f"{name} was given bytes of {found}. Use content.{found.partition('/')[0]}.")
    return text, found


def _is_media_type(mime_type: str, wanted: str) -> bool:
    kind, _, rest = mime_type.partition("/")
    return kind.lower() == wanted and _SUBTYPE.match(rest) is not None


def read_bytes(data: Any, mime_type: str | None, name: str) -> str:
    """The same bytes in base64, of any media type."""
    return _base64_of(data, mime_type, name)[0]


def _base64_of(data: Any, mime_type: str | None, name: str) -> tuple[str, bytes]:
    if isinstance(data, str):
        return _checked_base64(data, name)
    raw = _raw_bytes(data, mime_type, name)
    return base64.b64encode(raw).decode(), bytes(raw[:16])


def _checked_base64(text: str, name: str) -> tuple[str, bytes]:
    plain = "".join(text.split())
    try:
        base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(
            f"{name} takes text only when it is base64. For a file, give pathlib.Path(...)."
        ) from None
    return plain, base64.b64decode(plain[:_BASE64_HEAD])


def _raw_bytes(data: Any, mime_type: str | None, name: str) -> bytes | memoryview:
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    if isinstance(data, os.PathLike):
        with open(data, "rb") as file:
            return file.read()
    saved = _saved(data, mime_type)
    if saved is not None:
        return saved
    try:
        # Also arrays of numpy and of the standard library.
        return memoryview(data).cast("B")
    except TypeError:
        raise TypeError(
            f"{name} takes bytes, a pathlib.Path, a PIL image, a matplotlib figure or base64 text, "
            f"not {type(data).__name__}."
        ) from None


def _saved(data: Any, mime_type: str | None) -> bytes | None:
    """The picture as its own library writes it; None for anything else."""
    wanted = _FORMATS.get(mime_type or "image/png") or (mime_type or "").rpartition("/")[2]
    buffer = io.BytesIO()
    if callable(getattr(data, "savefig", None)):
        # matplotlib takes the names of formats in lower case only.
        data.savefig(buffer, format=wanted.lower())
    elif callable(getattr(data, "save", None)):
        data.save(buffer, format=wanted)
    else:
        return None
    return buffer.getvalue()


def _media_type_of(head: bytes) -> str | None:
    for beginning, media_type in _FIRST_BYTES:
        if head.startswith(beginning):
            return media_type
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    # A frame of MPEG audio, layer 3: eleven bits of one, then the version and the layer.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return None
