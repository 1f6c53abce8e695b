"""Names that plug-ins written in Python import. They can be defined here; this version does not load them."""

from __future__ import annotations

from typing import Any, Callable, TypeVar

Method = TypeVar("Method", bound=Callable[..., Any])


class MXCPBasePlugin:
    """Base class of plug-ins."""

    def __init__(self, config: dict[str, Any] | None = None, user_context: Any = None) -> None:
        self._config = config or {}
        self._user_context = user_context

    @property
    def user_context(self) -> Any:
        return self._user_context


def udf(method: Method) -> Method:
    """Marks a method as a SQL function."""
    method.__mxcp_udf__ = True  # type: ignore[attr-defined]
    return method


def on_shutdown(method: Method) -> Method:
    """Marks a method to be called when the plug-in ends."""
    method.__mxcp_on_shutdown__ = True  # type: ignore[attr-defined]
    return method
