"""Exceptions of ``mxcp.runtime``."""

from __future__ import annotations


class UserError(Exception):
    """Raise it for a mistake of the caller: its message reaches the caller, where other errors stay in the log."""


class ClientCannot(Exception):
    """The client of the call cannot be asked that: see ``mcp.can``. The caller is told so when a handler lets it pass."""


class Cancelled(BaseException):
    """Raised inside a handler whose answer is no longer wanted. Not an ``Exception``, so that ``except Exception`` lets it pass."""


class Suspended(Cancelled):
    """Ends a handler that has asked its client: it runs again, from its first line, when the answer is there."""


class DatabaseError(Exception):
    """An error of DuckDB; ``str()`` is DuckDB's own text. Its subclasses are named as in the ``duckdb`` package."""


class BinderException(DatabaseError): ...


class CatalogException(DatabaseError): ...


class ConnectionException(DatabaseError): ...


class ConstraintException(DatabaseError): ...


class ConversionException(DatabaseError): ...


class DependencyException(DatabaseError): ...


class FatalException(DatabaseError): ...


class HTTPException(DatabaseError): ...


class InternalException(DatabaseError): ...


class InterruptException(DatabaseError): ...


class InvalidInputException(DatabaseError): ...


class InvalidTypeException(DatabaseError): ...


class IOException(DatabaseError): ...


class NotImplementedException(DatabaseError): ...


class OutOfMemoryException(DatabaseError): ...


class OutOfRangeException(DatabaseError): ...


class ParserException(DatabaseError): ...


class PermissionException(DatabaseError): ...


class SequenceException(DatabaseError): ...


class SerializationException(DatabaseError): ...


class SyntaxException(DatabaseError): ...


class TransactionException(DatabaseError): ...


class TypeMismatchException(DatabaseError): ...


# Tracebacks show where programs import them from.
for _class in (UserError, ClientCannot, Cancelled, DatabaseError, *DatabaseError.__subclasses__()):
    _class.__module__ = "mxcp.runtime"

# `InternalError` is a defect of the host; DuckDB's own class is called `Internal` or `INTERNAL`.
_PLAIN_ERRORS = {
    "ClientCannot": ClientCannot,
    "InternalError": RuntimeError,
    "LookupError": LookupError,
    "RuntimeError": RuntimeError,
    "TypeError": TypeError,
    "ValueError": ValueError,
}

# DuckDB's prefixes that differ from the name of their class: "TransactionContext Error: …", "Mismatch Type Error: …".
_OTHER_PREFIXES = {"transactioncontext": "transaction", "mismatchtype": "typemismatch", "missingextension": "catalog"}


def error_of_host(kind: str, message: str) -> Exception:
    """The exception for an error that the host answered: one of DuckDB's, of ours, or of Python's own."""
    return _PLAIN_ERRORS[kind](message) if kind in _PLAIN_ERRORS else database_error(kind, message)


def database_error(kind: str, message: str) -> DatabaseError:
    """The exception for DuckDB's error class, written in any way: ``Invalid Input``, ``INVALID_INPUT``, ``Binder``."""
    plain = "".join(letter for letter in kind.lower() if letter.isalpha())
    for ending in ("exception", "error"):
        plain = plain.removesuffix(ending)
    wanted = _OTHER_PREFIXES.get(plain, plain) + "exception"
    for known in DatabaseError.__subclasses__():
        if known.__name__.lower() == wanted:
            # DuckDB's own text starts with its class; the host sends the two apart.
            head = f"{kind} Error: "
            return known(message if message.startswith(head) else head + message)
    return DatabaseError(message)
