"""What plug-ins written in Python import: ``MXCPBasePlugin``, ``udf`` and ``on_shutdown``."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any, Callable, TypeVar

from mxcp._context import UserContext, find_user

__all__ = ["MXCPBasePlugin", "on_shutdown", "udf"]

Method = TypeVar("Method", bound=Callable[..., Any])


class MXCPBasePlugin:
    """Base class of the class ``MXCPPlugin`` in a plug-in. There is one instance, shared by all calls and threads."""

    def __init__(self, config: dict[str, Any] | None = None, user_context: Any = None) -> None:
        self._config = config or {}
        self._user_context = user_context

    @property
    def user_context(self) -> UserContext | Any | None:
        """The caller of the running call; None when it is anonymous, and in SQL functions."""
        return find_user() or getattr(self, "_user_context", None)

    def get_user_token(self) -> str | None:
        """What the caller's identity provider gave for calls to its own API."""
        return getattr(self.user_context, "external_token", None)

    def get_username(self) -> str | None:
        return getattr(self.user_context, "username", None)

    def get_user_email(self) -> str | None:
        return getattr(self.user_context, "email", None)

    def get_user_provider(self) -> str | None:
        return getattr(self.user_context, "provider", None)

    def is_authenticated(self) -> bool:
        return self.user_context is not None

    def udfs(self) -> list[Callable[..., Any]]:
        """The methods marked with ``udf``, in the order they are written, those of base classes first."""
        return marked_methods(self, "__mxcp_udf__")

    @classmethod
    def find_plugins(cls, module: ModuleType) -> list[type]:
        """The subclasses that a module holds."""
        return [
            value
            for value in vars(module).values()
            if inspect.isclass(value) and issubclass(value, cls) and value is not cls
        ]

    def shutdown(self) -> None:
        """Called when the server ends or reloads, after the ``on_shutdown`` hooks. Override it to close what is open."""


def udf(method: Method) -> Method:
    """Makes a method callable in SQL as ``<method>_<name of the plug-in>``. Its type hints say which SQL types it has."""
    method.__mxcp_udf__ = True  # type: ignore[attr-defined]
    return method


def on_shutdown(method: Method) -> Method:
    """Calls the method when the server ends or reloads, before ``shutdown``."""
    method.__mxcp_on_shutdown__ = True  # type: ignore[attr-defined]
    return method


def marked_methods(instance: Any, mark: str) -> list[Callable[..., Any]]:
    """Bound methods whose function carries the mark; overriding a marked method without the mark takes it out."""
    names = dict.fromkeys(name for kind in reversed(type(instance).__mro__) for name in vars(kind))
    return [getattr(instance, name) for name in names if _is_marked(inspect.getattr_static(type(instance), name), mark)]


def _is_marked(attribute: Any, mark: str) -> bool:
    """Whichever way around the decorators stand."""
    targets = (attribute, attribute.__func__) if isinstance(attribute, (staticmethod, classmethod)) else (attribute,)
    return any(getattr(target, mark, False) is True for target in targets)
