"""The API for Python handlers: ``from mxcp.runtime import db, config, on_init``.

Importing it does nothing; every name may be imported at the top of a module.
"""

from __future__ import annotations

from typing import Any, Callable

from mxcp._config import Config, Secret
from mxcp._database import Database
from mxcp._errors import (
    BinderException,
    Cancelled,
    CatalogException,
    ConnectionException,
    ConstraintException,
    ConversionException,
    DatabaseError,
    DependencyException,
    FatalException,
    HTTPException,
    InternalException,
    InterruptException,
    InvalidInputException,
    InvalidTypeException,
    IOException,
    NotAvailableYet,
    NotImplementedException,
    OutOfMemoryException,
    OutOfRangeException,
    ParserException,
    PermissionException,
    SequenceException,
    SerializationException,
    SyntaxException,
    TransactionException,
    TypeMismatchException,
    UserError,
)
from mxcp._hooks import on_init, on_shutdown
from mxcp._rows import Rows

__all__ = [
    "BinderException",
    "Cancelled",
    "CatalogException",
    "ConnectionException",
    "ConstraintException",
    "ConversionException",
    "DatabaseError",
    "DependencyException",
    "FatalException",
    "HTTPException",
    "IOException",
    "InternalException",
    "InterruptException",
    "InvalidInputException",
    "InvalidTypeException",
    "NotAvailableYet",
    "NotImplementedException",
    "OutOfMemoryException",
    "OutOfRangeException",
    "ParserException",
    "PermissionException",
    "Rows",
    "Secret",
    "SequenceException",
    "SerializationException",
    "SyntaxException",
    "TransactionException",
    "TypeMismatchException",
    "UserError",
    "config",
    "db",
    "get_secret",
    "mcp",
    "on_init",
    "on_shutdown",
    "plugins",
    "reload_duckdb",
]


class Plugins:
    """Plug-ins written in Python. Not part of this version."""

    def get(self, name: str) -> Any:
        raise NotAvailableYet("plugins.get")

    def list(self) -> Any:
        raise NotAvailableYet("plugins.list")


class Mcp:
    """Messages to the client of the running call. Not part of this version; ``print`` and ``logging`` reach the log."""

    def debug(self, message: str, **extra: Any) -> Any:
        raise NotAvailableYet("mcp.debug")

    def info(self, message: str, **extra: Any) -> Any:
        raise NotAvailableYet("mcp.info")

    def warning(self, message: str, **extra: Any) -> Any:
        raise NotAvailableYet("mcp.warning")

    def error(self, message: str, **extra: Any) -> Any:
        raise NotAvailableYet("mcp.error")

    def progress(self, progress: float, total: float | None = None, message: str | None = None) -> Any:
        raise NotAvailableYet("mcp.progress")


def reload_duckdb(payload_func: Callable[[], Any] | None = None, description: str = "") -> None:
    """Runs a function while the database file is free. Not part of this version."""
    raise NotAvailableYet("reload_duckdb")


db = Database()
config = Config()
plugins = Plugins()
mcp = Mcp()
get_secret = config.get_secret
