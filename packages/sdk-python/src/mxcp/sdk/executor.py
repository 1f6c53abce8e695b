"""Data of the running call, under the names of the original."""

from __future__ import annotations

from typing import Any

from mxcp._context import Headers, UserContext, user_of
from mxcp._host import RunningCall, find_host, get_host


class ExecutionContext:
    """What is known about one call."""

    def __init__(self, call: RunningCall) -> None:
        self._sent = call.context or {}
        self._own: dict[str, Any] = {}

    @property
    def user_context(self) -> UserContext | None:
        """The caller; None when it is anonymous."""
        return user_of(self._sent)

    @property
    def user_id(self) -> str | None:
        return getattr(self.user_context, "user_id", None)

    @property
    def username(self) -> str | None:
        return getattr(self.user_context, "username", None)

    @property
    def provider(self) -> str | None:
        return getattr(self.user_context, "provider", None)

    @property
    def external_token(self) -> str | None:
        return getattr(self.user_context, "external_token", None)

    @property
    def email(self) -> str | None:
        return getattr(self.user_context, "email", None)

    def has_user_info(self) -> bool:
        return self.user_context is not None

    def get(self, key: str, default: Any = None) -> Any:
        """``request_headers`` (HTTP only), ``transport``, ``site_config``, ``user_config``, and what ``set`` has kept."""
        if key in self._own:
            return self._own[key]
        if key == "request_headers":
            headers = self._sent.get("headers")
            return Headers(headers) if headers else default
        if key == "transport":
            return self._sent.get("transport", default)
        if key in ("site_config", "user_config"):
            return get_host().config.get(key.removesuffix("_config"), default)
        return default

    def set(self, key: str, value: Any) -> None:
        """Keeps a value in this object only."""
        self._own[key] = value

    update = set


def get_execution_context() -> ExecutionContext | None:
    """The context inside a call, None outside."""
    host = find_host()
    call = None if host is None else host.find_call()
    return None if call is None else ExecutionContext(call)
