"""``plugins``: the plug-ins of the project that are written in Python."""

from __future__ import annotations

from typing import Any

from mxcp._host import get_host


class Plugins:
    def get(self, name: str) -> Any:
        """The instance of its ``MXCPPlugin``, or the module when it has no such class; None for an unknown name."""
        return get_host().plugins.get(name)

    def list(self) -> list[str]:
        """The names of those that could be loaded, in the order of the site file, then of the folder."""
        return list(get_host().plugins)
