"""Exceptions as the host is told about them."""

from __future__ import annotations

import builtins
import difflib
import importlib
import os
import re
import traceback
from typing import Any

import mxcp.runtime
from mxcp.runtime import ClientCannot, UserError
from mxcp_guest.packages import missing_package_of

_OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_HIDDEN_FOLDERS = (_OWN_FOLDER + os.sep, os.path.dirname(importlib.__file__) + os.sep, "<frozen importlib")
_MAX_FRAMES = 20


def describe_failure(error: BaseException, project_folders: list[str] | None = None) -> dict[str, Any]:
    """A `GuestError` of the wire. `missingPackage` is looked for when the project's folders are given."""
    _name_what_runtime_lacks(error)
    said = _part_for_caller(error) or error
    described: dict[str, Any] = {"type": type(said).__name__, "message": _message_of(said), "stack": _stack_of(error)}
    if isinstance(said, UserError):
        described["isForUser"] = True
    if project_folders is not None:
        missing = missing_package_of(error, project_folders)
        if missing is not None:
            described["missingPackage"] = missing
    return described


def _name_what_runtime_lacks(error: BaseException) -> None:
    """Of `from mxcp.runtime import x` Python says where our file is, and nothing that would help."""
    if not isinstance(error, ImportError) or error.name != "mxcp.runtime":
        return
    found = re.match(r"cannot import name '(\w+)'", str(error))
    if found is None:
        return
    name = found[1]
    near = difflib.get_close_matches(name, mxcp.runtime.__all__, 1)
    guess = f' Did you mean "{near[0]}"?' if near else ""
    error.msg = f'mxcp.runtime has no "{name}".{guess}'
    # From 3.12 on Python has a suggestion of its own.
    error.name_from = None  # type: ignore[attr-defined]


def _part_for_caller(error: BaseException) -> BaseException | None:
    """What the caller is to hear of a group of exceptions, as ``asyncio.TaskGroup`` raises it."""
    if isinstance(error, (UserError, ClientCannot)):
        return error
    # 3.10 has no groups.
    group = getattr(builtins, "BaseExceptionGroup", None)
    if group is None or not isinstance(error, group):
        return None
    return next(filter(None, map(_part_for_caller, error.exceptions)), None)  # type: ignore[attr-defined]


def _message_of(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"The code called sys.exit({'' if error.code is None else error.code!r})."
    try:
        text = str(error)
    except Exception:
        text = ""
    return text or type(error).__name__


def _stack_of(error: BaseException) -> str:
    """Python's own traceback, innermost frame last, without the frames of this package and of the import system."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        if parts:
            parts.insert(0, "\nThe above exception led to:\n\n")
        parts.insert(0, _one_stack_of(current))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "".join(parts).rstrip("\n")


def _one_stack_of(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_hidden(frame.filename)]
    head = ["Traceback (most recent call last):\n"] if frames else []
    last = traceback.format_exception_only(type(error), error)
    return "".join([*head, *traceback.format_list(frames[-_MAX_FRAMES:]), *last])


def _is_hidden(filename: str) -> bool:
    return filename.startswith(_HIDDEN_FOLDERS)
