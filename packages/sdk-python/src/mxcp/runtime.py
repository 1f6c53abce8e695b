"""The API for Python handlers: ``from mxcp.runtime import db, config, on_init``.

Importing it does nothing; every name may be imported at the top of a module.
"""

from __future__ import annotations

from mxcp._answers import Answer, Root, Sample
from mxcp._blocks import ContentBlock, ContentResult
from mxcp._client import Mcp
from mxcp._config import Config, Secret
from mxcp._content import Content
from mxcp._context import ClientInfo, UserContext, context, get_context
from mxcp._database import Database
from mxcp._errors import (
    BinderException,
    Cancelled,
    CatalogException,
    ClientCannot,
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
from mxcp._hooks import init_hooks as _init_hooks
from mxcp._hooks import on_init, on_shutdown, run_init_hooks, run_shutdown_hooks
from mxcp._hooks import shutdown_hooks as _shutdown_hooks
from mxcp._log import Log
from mxcp._plugins import Plugins
from mxcp._reload import reload_duckdb
from mxcp._rows import Rows
from mxcp._session import Session

__all__ = [
    "Answer",
    "BinderException",
    "Cancelled",
    "CatalogException",
    "ClientCannot",
    "ClientInfo",
    "ConnectionException",
    "ConstraintException",
    "ContentBlock",
    "ContentResult",
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
    "NotImplementedException",
    "OutOfMemoryException",
    "OutOfRangeException",
    "ParserException",
    "PermissionException",
    "Root",
    "Rows",
    "Sample",
    "Secret",
    "SequenceException",
    "SerializationException",
    "SyntaxException",
    "TransactionException",
    "TypeMismatchException",
    "UserContext",
    "UserError",
    "config",
    "content",
    "context",
    "db",
    "get_context",
    "get_secret",
    "log",
    "mcp",
    "on_init",
    "on_shutdown",
    "plugins",
    "progress",
    "reload_duckdb",
    "run_init_hooks",
    "run_shutdown_hooks",
    "session",
]


db = Database()
config = Config()
content = Content()
log = Log()
mcp = Mcp()
plugins = Plugins()
session = Session()
get_secret = config.get_secret
progress = mcp.progress
