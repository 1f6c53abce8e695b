"""Inline source (``source.code``) as a function."""

from __future__ import annotations

import ast
import importlib
import keyword
import linecache
from typing import Any, Callable

_PREPARED_NAMES = {"pd": "pandas", "pandas": "pandas", "np": "numpy", "numpy": "numpy"}


class InlineSource:
    """Python written in a YAML file: either functions, or the body of one.

    A body sees the parameters as variables. It ends with ``return``, or leaves its value in ``result``. ``pd`` and
    ``np`` are there when it uses them.
    """

    def __init__(self, code: str, path: str) -> None:
        self._filename = f"{path} (source.code)"
        self._tree = ast.parse(code, self._filename)
        # Tracebacks quote lines from here, as there is no file to read them from.
        linecache.cache[self._filename] = (len(code), None, code.splitlines(True), self._filename)
        self._globals: dict[str, Any] = {"__name__": "__mxcp_inline__", **_prepared_modules(self._tree)}

    def function(self, name: str | None, endpoint: str, parameters: list[str]) -> Callable[..., Any]:
        """Raises LookupError with a sentence when the code is neither."""
        functions = {
            node.name: node
            for node in self._tree.body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_")
        }
        wanted = name or (endpoint if endpoint in functions else None)
        if wanted is None and not is_body(self._tree):
            if len(functions) == 1:
                wanted = next(iter(functions))
            else:
                raise LookupError("The inline code must return a value, set `result`, or define one function.")
        if wanted is None:
            return self._run(as_function(self._tree, parameters), "__mxcp_body__")
        if wanted not in functions:
            raise LookupError(f"The inline code has no function {wanted}.")
        return self._run(self._tree, wanted)

    def _run(self, tree: ast.Module, name: str) -> Callable[..., Any]:
        namespace = self._globals
        exec(compile(tree, self._filename, "exec"), namespace)
        return namespace[name]


def is_body(tree: ast.Module) -> bool:
    """Whether the code gives a value by itself, so that it is not a set of functions."""
    return _returns(tree.body) or _result_name(tree) is not None


def as_function(tree: ast.Module, parameters: list[str]) -> ast.Module:
    """The code as the body of one function. Changes the tree."""
    names = [name for name in parameters if name.isidentifier() and not keyword.iskeyword(name)]
    body = list(tree.body)
    result = _result_name(tree)
    if result is not None:
        body.append(ast.Return(ast.Name(result, ast.Load())))
    kind = ast.AsyncFunctionDef if _awaits(tree) else ast.FunctionDef
    function: Any = kind(
        name="__mxcp_body__",
        args=ast.arguments(
            posonlyargs=[],
            args=[],
            kwonlyargs=[ast.arg(name) for name in names],
            kw_defaults=[None for _ in names],
            kwarg=ast.arg("__mxcp_other__"),
            defaults=[],
        ),
        body=body,
        decorator_list=[],
        type_params=[],
    )
    return ast.fix_missing_locations(ast.Module([function], []))


def _result_name(tree: ast.Module) -> str | None:
    outside = _outside_functions(tree.body)
    assigned = {node.id for node in outside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return next((name for name in ("__result", "result") if name in assigned), None)


def _returns(nodes: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Return) for node in _outside_functions(nodes))


def _awaits(tree: ast.Module) -> bool:
    kinds = (ast.Await, ast.AsyncFor, ast.AsyncWith)
    return any(isinstance(node, kinds) for node in _outside_functions(tree.body))


def _outside_functions(nodes: list[Any]) -> list[ast.AST]:
    found: list[ast.AST] = []
    for node in nodes:
        found.append(node)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            found.extend(_outside_functions(list(ast.iter_child_nodes(node))))
    return found


def _prepared_modules(tree: ast.Module) -> dict[str, Any]:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    return {
        name: importlib.import_module(module)
        for name, module in _PREPARED_NAMES.items()
        if name in names and name not in imported
    }
