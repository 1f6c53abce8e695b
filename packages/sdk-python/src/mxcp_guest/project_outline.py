"""The outlines of all files that matter for a set of handlers."""

from __future__ import annotations

import importlib.util
import os
import sys
import warnings
from typing import Any

from mxcp_guest.outline import Import, Outline, outline_inline, outline_source
from mxcp_guest.packages import package_of

_OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_RUNTIME = "mxcp.runtime"


def outline_project(request: dict[str, Any]) -> dict[str, Any]:
    """See `check.py`."""
    # Invalid escapes and the like are no business of this check, and stderr is for people.
    warnings.simplefilter("ignore")
    folders: list[str] = request["folders"]
    sys.path[1:1] = folders
    inline = [outline_inline(item["code"], item["parameters"]) for item in request["inline"]]
    files: dict[str, Outline] = {}
    waiting: list[str] = list(request["files"])
    for outline in inline:
        waiting.extend(_imported_files(outline.imports, None, folders))
    while waiting:
        file = os.path.abspath(waiting.pop(0))
        if file in files:
            continue
        try:
            with open(file, "rb") as opened:
                files[file] = outline_source(opened.read())
        except OSError:
            continue
        waiting.extend(_imported_files(files[file].imports, file, folders))
    return {
        "files": [{"file": file, **_described(outline)} for file, outline in sorted(files.items())],
        "inline": [_described(outline) for outline in inline],
        "missingModules": [module for module in request["modules"] if not _exists(module.split(".")[0])],
    }


def _described(outline: Outline) -> dict[str, Any]:
    return {
        "syntaxError": outline.syntax_error,
        "functions": outline.functions,
        "publicFunctions": outline.public_functions,
        "otherNames": outline.other_names,
        "hasUnknownNames": outline.has_unknown_names,
        "isBody": outline.is_body,
        "missingImports": [
            {"module": found.module, "package": package_of(found.module), "start": found.start, "end": found.end}
            for found in outline.imports
            if found.level == 0 and not _exists(found.module.split(".")[0])
        ],
        "unknownNames": [unknown for found in outline.imports for unknown in _unknown_names_of(found)],
    }


def _unknown_names_of(found: Import) -> list[dict[str, Any]]:
    """Names that our own module does not have. Of other modules only running them would tell."""
    if found.level > 0 or found.module != _RUNTIME:
        return []
    with open(os.path.join(_OWN_FOLDER, "mxcp", "runtime.py"), "rb") as opened:
        known = outline_source(opened.read()).other_names
    public = [name for name in known if not name.startswith("_") and name != "annotations"]
    return [
        {"module": _RUNTIME, "name": name, "known": public, "start": start, "end": start + len(name)}
        for name, start in zip(found.names, found.name_starts)
        if name not in known and not name.startswith("__") and name != "*"
    ]


def _exists(top_level_name: str) -> bool:
    """Whether the interpreter finds a module; looks at the top-level name only, because more would import parents."""
    if top_level_name in sys.builtin_module_names or top_level_name in sys.stdlib_module_names:
        return True
    try:
        return importlib.util.find_spec(top_level_name) is not None
    except (ImportError, ValueError, AttributeError):
        return True


def _imported_files(imports: list[Import], importer: str | None, folders: list[str]) -> list[str]:
    """The project's own files behind imports."""
    found: list[str] = []
    for one in imports:
        if one.level > 0 and importer is None:
            continue
        bases = [_relative_base(importer, one.level)] if one.level > 0 and importer is not None else folders
        dotted = [one.module, *(f"{one.module}.{name}".strip(".") for name in one.names)]
        for base in bases:
            if one.level == 0 and one.module.split(".")[0] in sys.stdlib_module_names:
                continue
            for name in dotted:
                stem = os.path.join(base, *name.split(".")) if name else base
                found.extend(file for file in (stem + ".py", os.path.join(stem, "__init__.py")) if os.path.isfile(file))
    return found


def _relative_base(importer: str, level: int) -> str:
    folder = os.path.dirname(importer)
    for _ in range(level - 1):
        folder = os.path.dirname(folder)
    return folder
