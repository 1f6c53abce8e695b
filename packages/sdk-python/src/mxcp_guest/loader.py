"""Files of the project as modules."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
from types import ModuleType
from typing import Any

from mxcp_guest.inline import InlineSource
from mxcp_guest.stdlib_first import StdlibFirst


class Loader:
    """Imports files under the names that other files of the project use for them, so that each exists once."""

    def __init__(self, root: str, python_folder: str, plugins_folder: str = "") -> None:
        given = [python_folder or os.path.join(root, "python"), *([plugins_folder] if plugins_folder else []), root]
        self.folders = list(dict.fromkeys(os.path.abspath(folder) for folder in given))
        if sys.path[1 : 1 + len(self.folders)] != self.folders:
            sys.path[1:1] = self.folders
        sys.meta_path.insert(0, StdlibFirst(self.folders))

    def load(self, module: dict[str, Any]) -> ModuleType | InlineSource:
        """Raises whatever the module raises."""
        code = module.get("code")
        if code is not None:
            return InlineSource(code, module["path"])
        return self.import_file(module["file"])

    def import_file(self, file: str) -> ModuleType:
        """Under the name that leads to it, if there is one; raises whatever the module raises."""
        file = os.path.abspath(file)
        name = self._name_of(file)
        if name is not None:
            try:
                module = importlib.import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name and not name.startswith(f"{error.name}."):
                    raise
            else:
                if _is_same_file(getattr(module, "__file__", None), file):
                    return module
        return _import_alone(file)

    def _name_of(self, file: str) -> str | None:
        """The dotted name, when the file has one that leads to it."""
        # The innermost folder gives the name that other files write: `plugins/geo.py` is `geo`, not `plugins.geo`.
        for folder in sorted(self.folders, key=len, reverse=True):
            if not file.startswith(folder + os.sep):
                continue
            parts = file[len(folder) + 1 :].removesuffix(".py").split(os.sep)
            has_name = not any("." in part for part in parts) and parts[0] not in sys.stdlib_module_names
            return ".".join(parts) if has_name else None
        return None


def _import_alone(file: str) -> ModuleType:
    """Under a name of its own, for `json.py`, `v1.2.py` and files whose name is taken by an installed package."""
    stem = os.path.basename(file).removesuffix(".py")
    name = f"_mxcp_endpoint_{stem}_{hashlib.sha256(file.encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{os.path.basename(file)} is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def _is_same_file(found: str | None, wanted: str) -> bool:
    return found is not None and os.path.realpath(found) == os.path.realpath(wanted)
