"""What ``register_functions(conn)`` of a plug-in is given."""

from __future__ import annotations

from typing import Any, Callable

from mxcp_guest.hint_types import UnsupportedHint, sql_type_of
from mxcp_guest.sql_function import FunctionFault, SqlFunction, declare_function


class FunctionConnection:
    """Takes functions as a connection of Python's ``duckdb`` package does. It can do nothing else."""

    def __init__(self) -> None:
        self.functions: dict[str, SqlFunction] = {}
        """By name in lower case: SQL does not tell cases apart."""

    def create_function(
        self,
        name: str,
        function: Callable[..., Any],
        parameters: Any = None,
        return_type: Any = None,
        *,
        type: Any = None,
        null_handling: Any = None,
        exception_handling: Any = None,
        side_effects: bool = False,
    ) -> FunctionConnection:
        """Types are taken from the function's hints when they are not given. Gives the connection back."""
        if not isinstance(name, str) or not name:
            raise FunctionFault("create_function needs the name of the function, as text.")
        if _word(type) not in ("", "native"):
            raise FunctionFault(f"{name} cannot be a function of type {_word(type)}: functions are called row by row here.")
        if name.lower() in self.functions:
            raise FunctionFault(f"A function named {name} has been created already.")
        self.functions[name.lower()] = declare_function(
            name,
            function,
            parameters=None if parameters is None else [_type_text(name, each) for each in parameters],
            returns=None if return_type is None else _type_text(name, return_type),
            passes_nulls=_choice(name, "null_handling", null_handling, "default", "special"),
            errors_are_null=_choice(name, "exception_handling", exception_handling, "default", "return_null"),
            is_pure=not side_effects,
        )
        return self

    def remove_function(self, name: str) -> FunctionConnection:
        if self.functions.pop(name.lower(), None) is None:
            raise FunctionFault(f"No function named {name} has been created here.")
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise AttributeError(
            f"The connection that register_functions gets has create_function and no {name}. "
            "To run SQL use `db.execute` from mxcp.runtime."
        )


def _choice(function: str, option: str, value: Any, default: str, other: str) -> bool:
    word = _word(value) or default
    # DuckDB's own default of exception_handling goes by two names.
    if word in (default, "forward_error"):
        return False
    if word == other:
        return True
    raise FunctionFault(f'{function} has {option} "{word}", which is neither "{default}" nor "{other}".')


def _word(value: Any) -> str:
    """Of text, and of the enumerations of the ``duckdb`` package."""
    return "" if value is None else str(getattr(value, "name", value)).lower()


def _type_text(function: str, type_: Any) -> str:
    if isinstance(type_, str):
        return type_
    if isinstance(type_, type) or hasattr(type_, "__origin__"):
        try:
            return sql_type_of(type_)
        except UnsupportedHint as error:
            raise FunctionFault(f"{function} cannot be used in SQL. {error}") from None
    return str(type_)
