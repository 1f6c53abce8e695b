"""Which function answers an endpoint."""

from __future__ import annotations

import inspect
import os
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Callable

from mxcp import _hooks
from mxcp_guest.arguments import Converters, converters_of
from mxcp_guest.inline import InlineSource


@dataclass(frozen=True)
class Handler:
    """A function that is ready to be called."""

    endpoint: str
    function: Callable[..., Any]
    is_async: bool
    converters: Converters


def resolve_handler(declared: dict[str, Any], source: ModuleType | InlineSource) -> Handler:
    """Raises LookupError with a sentence when there is no such function, or several that could be meant."""
    if isinstance(source, InlineSource):
        names = [parameter["name"] for parameter in declared["parameters"]]
        function = source.function(declared.get("function"), declared["endpoint"], names)
    else:
        function = _find_function(declared, source)
    return Handler(
        endpoint=declared["endpoint"],
        function=_with_named_arguments(function) if declared.get("takesWhatItNames") else function,
        is_async=inspect.iscoroutinefunction(function),
        converters=converters_of(declared["parameters"]),
    )


def _find_function(declared: dict[str, Any], module: ModuleType) -> Callable[..., Any]:
    file = os.path.basename(module.__file__ or module.__name__)
    wanted = declared.get("function")
    if wanted is not None:
        return _callable_of(module, wanted, file)
    endpoint = declared["endpoint"]
    if hasattr(module, endpoint):
        return _callable_of(module, endpoint, file)
    public = _public_functions(module)
    if len(public) == 1:
        return next(iter(public.values()))
    if "://" in endpoint:
        for name in ("main", file.removesuffix(".py")):
            if callable(getattr(module, name, None)):
                return getattr(module, name)
    if public:
        raise LookupError(f"{file} has several functions and none is named {endpoint}. Write source.function.")
    raise LookupError(f"{file} has no function {endpoint}.")


def _with_named_arguments(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, for callers that give more arguments than it may take."""
    try:
        taken = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return function
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in taken.values()):
        return function
    return lambda **args: function(**{name: value for name, value in args.items() if name in taken})


def _callable_of(module: ModuleType, name: str, file: str) -> Callable[..., Any]:
    function = getattr(module, name, None)
    if function is None:
        raise LookupError(f"{file} has no function {name}.")
    if not callable(function):
        raise LookupError(f"{name} in {file} is not a function.")
    return function


def _public_functions(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The functions that the file itself defines; hooks are not meant to be called."""
    hooks = {id(hook) for hook in (*_hooks.init_hooks, *_hooks.shutdown_hooks)}
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and inspect.isroutine(value)
        and getattr(value, "__module__", None) == module.__name__
        and id(value) not in hooks
    }
