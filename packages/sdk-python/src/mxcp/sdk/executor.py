"""Data of the running call."""

from __future__ import annotations

from typing import Any

from mxcp._host import find_host


class ExecutionContext:
    """What is known about the running call; nothing about its caller in this version."""

    user_context: Any = None
    user_id: str | None = None
    username: str | None = None
    provider: str | None = None
    external_token: str | None = None
    email: str | None = None

    def get(self, key: str, default: Any = None) -> Any:
        host = find_host()
        if host is not None and key == "site_config":
            return host.config.get("site", default)
        if host is not None and key == "user_config":
            return host.config.get("user", default)
        return default

    def has_user_info(self) -> bool:
        return False


def get_execution_context() -> ExecutionContext | None:
    """The context inside a call, None outside."""
    host = find_host()
    return ExecutionContext() if host is not None and host.is_in_call else None
