"""Functions of plug-ins that SQL can call."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Callable

from mxcp_guest.decode import decoder_of
from mxcp_guest.function_results import ResultWriter
from mxcp_guest.hint_types import UnsupportedHint, hints_of, sql_type_of
from mxcp_guest.sql_types import parse_sql_type
from mxcp_guest.sql_values import UnfitResult


class FunctionFault(Exception):
    """A function that cannot be offered to SQL; the message is one or two sentences."""


@dataclass(frozen=True)
class SqlFunction:
    """Computes chunks: columns of JSON values in, a JSON array out."""

    name: str
    function: Callable[..., Any]
    parameters: list[str]
    """SQL types."""
    returns: str
    passes_nulls: bool
    """Whether the function is given NULLs as None; else a NULL among the arguments makes the value NULL."""
    is_pure: bool
    errors_are_null: bool = False

    @property
    def endpoint(self) -> str:
        """What a call of it is named."""
        return self.name

    is_async = False

    @cached_property
    def _decoders(self) -> list[Any]:
        return [decoder_of(parse_sql_type(type_)) for type_ in self.parameters]

    @cached_property
    def _writer(self) -> ResultWriter:
        return ResultWriter(parse_sql_type(self.returns))

    def describe(self, plugin: int) -> dict[str, Any]:
        """A `GuestFunction` of the wire."""
        return {
            "name": self.name,
            "parameters": self.parameters,
            "returns": self.returns,
            "nulls": "pass" if self.passes_nulls else "skip",
            "isPure": self.is_pure,
            "plugin": plugin,
        }

    def compute(self, columns: list[list[Any]], rows: int) -> bytes:
        """Raises what the function raises, and UnfitResult for what it should not have returned."""
        decoded = [_decoded(column, decode) for column, decode in zip(columns, self._decoders)]
        values = self._values(decoded, rows)
        try:
            return self._writer.write(values)
        except UnfitResult:
            if any(inspect.isawaitable(value) for value in values):
                raise UnfitResult("It returned an awaitable; a SQL function cannot be async.") from None
            raise

    def _values(self, columns: list[list[Any]], rows: int) -> list[Any]:
        function = self._or_none if self.errors_are_null else self.function
        if not columns:
            return [function() for _ in range(rows)]
        if self.passes_nulls or not any(None in column for column in columns):
            return list(map(function, *columns))
        return [None if None in arguments else function(*arguments) for arguments in map(_arguments, *columns)]

    def _or_none(self, *arguments: Any) -> Any:
        try:
            return self.function(*arguments)
        except Exception:
            return None


def declare_function(
    name: str,
    function: Callable[..., Any],
    *,
    parameters: list[str] | None = None,
    returns: str | None = None,
    **properties: bool,
) -> SqlFunction:
    """A function whose SQL types are those given, or else follow from its type hints. Raises FunctionFault."""
    if not callable(function):
        raise FunctionFault(f"{name} is not a function but a value of type {type(function).__name__}.")
    if _is_async(function):
        raise FunctionFault(f"{name} is an async function, which SQL cannot wait for. Write it with a plain `def`.")
    if parameters is None:
        parameters = _types_of_parameters(name, function)
    else:
        _check_arity(name, function, len(parameters))
    declared = SqlFunction(name, function, parameters, returns or _type_of_result(name, function), **properties)
    for type_ in (*declared.parameters, declared.returns):
        try:
            parse_sql_type(type_)
        except ValueError as error:
            raise FunctionFault(f"{name} cannot be a SQL function: {error}") from None
    return declared


def _types_of_parameters(name: str, function: Any) -> list[str]:
    hints = _hints(name, function)
    types: list[str] = []
    for parameter in _parameters_of(name, function):
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise FunctionFault(f"{name} takes any number of arguments, which SQL has to know. Name each parameter.")
        if parameter.kind is parameter.KEYWORD_ONLY:
            if parameter.default is parameter.empty:
                raise FunctionFault(f'{name} takes "{parameter.name}" by keyword only; SQL passes arguments by position.')
            continue
        types.append(_type_of_hint(f'The parameter "{parameter.name}" of {name}', hints, parameter.name, "str"))
    return types


def _type_of_result(name: str, function: Any) -> str:
    return _type_of_hint(f"The result of {name}", _hints(name, function), "return", "-> str")


def _type_of_hint(what: str, hints: dict[str, Any], key: str, example: str) -> str:
    if key not in hints:
        raise FunctionFault(f"{what} has no type hint, and SQL needs a type. Write one, such as `{example}`.")
    try:
        return sql_type_of(hints[key])
    except UnsupportedHint as error:
        raise FunctionFault(f"{what} cannot be used in SQL. {error}") from None


def _hints(name: str, function: Any) -> dict[str, Any]:
    # Of a partial, what it calls; of any other object, the method that makes it callable.
    called = getattr(function, "func", getattr(type(function), "__call__", function))
    try:
        return hints_of(function if inspect.isroutine(function) else called)
    except UnsupportedHint as error:
        raise FunctionFault(f"{name} cannot be used in SQL. {error}") from None


def _parameters_of(name: str, function: Any) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        raise FunctionFault(f"The parameters of {name} are not known. Give their SQL types.") from None


def _check_arity(name: str, function: Any, count: int) -> None:
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        raise FunctionFault(f"{name} does not take {count} arguments, which is how many types are given.") from None
    except ValueError:
        pass  # Of functions written in C the signature may not be known.


def _is_async(function: Any) -> bool:
    targets = (function, getattr(type(function), "__call__", None))
    return any(inspect.iscoroutinefunction(each) or inspect.isasyncgenfunction(each) for each in targets)


def _decoded(column: list[Any], decode: Any) -> list[Any]:
    return column if decode is None else [None if value is None else decode(value) for value in column]


def _arguments(*arguments: Any) -> tuple[Any, ...]:
    return arguments
