"""``config``: secrets and settings of the running project."""

from __future__ import annotations

import copy
from typing import Any, Mapping

from mxcp._host import get_host


class Secret(dict):
    """The parameters of a secret: an ordinary dict of plain values, except that printing it shows none of them."""

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{key!r}: '***'" for key in self) + "}"

    __str__ = __repr__


class Config:
    """Read-only view of the project's configuration. Every call gives a copy."""

    def get_secret(self, name: str) -> Secret | None:
        """The parameters of the secret of that name, or None when the active profile has no such secret."""
        secrets = get_host().config.get("secrets") or {}
        if name not in secrets:
            return None
        return _masked(secrets[name]) if isinstance(secrets[name], Mapping) else Secret()

    def get_setting(self, key: str, default: Any = None) -> Any:
        """A value of ``mxcp-site.yml``; dots lead into mappings: ``get_setting("profiles.dev.duckdb.path")``."""
        value: Any = get_host().config.get("site") or {}
        if key in value:
            return copy.deepcopy(value[key])
        for part in key.split("."):
            if not isinstance(value, Mapping) or part not in value:
                return default
            value = value[part]
        return copy.deepcopy(value)

    @property
    def user_config(self) -> dict[str, Any]:
        """The user configuration as plain data, references resolved. Holds secrets in clear: do not print it."""
        return copy.deepcopy(get_host().config.get("user") or {})

    @property
    def site_config(self) -> dict[str, Any]:
        """``mxcp-site.yml`` as plain data, references resolved."""
        return copy.deepcopy(get_host().config.get("site") or {})


def _masked(parameters: Mapping[str, Any]) -> Secret:
    return Secret((key, _masked(value) if isinstance(value, Mapping) else value) for key, value in parameters.items())
