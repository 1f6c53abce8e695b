"""Keeps files of a project from taking the place of Python's own modules."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any, Sequence


class StdlibFirst:
    """Finds modules of the standard library outside of the project's folders.

    The project's folders stand first in ``sys.path``, so that its ``utils`` wins over an installed one. Without this a
    ``python/json.py`` or ``python/email.py`` would also win over the modules that every library imports.
    """

    def __init__(self, project_folders: list[str]) -> None:
        self._project_folders = frozenset(project_folders)

    def find_spec(self, name: str, path: Sequence[str] | None = None, _target: Any = None) -> ModuleSpec | None:
        if path is not None or name not in sys.stdlib_module_names:
            return None
        return PathFinder.find_spec(name, [entry for entry in sys.path if entry not in self._project_folders])
