"""Packages that a project may have. None of them is imported before user code asks for what it does."""

from __future__ import annotations

import importlib
from typing import Any


def find_package(name: str) -> Any:
    """The module, or None when the interpreter does not have it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def get_package(name: str, wanted_by: str) -> Any:
    """The module. Raises RuntimeError, which says what to install, when the interpreter does not have it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise RuntimeError(
            f"{wanted_by} needs the package {name}, which this interpreter does not have. "
            f"Install it with `pip install {name}`."
        ) from error
