"""What can be known about a Python file from its text alone."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from importlib.util import decode_source
from typing import Any, Iterator

from mxcp_guest.inline import as_function, is_body
from mxcp_guest.positions import Positions

# They give the function back, or keep what it takes. With any other decorator the signature is not known.
_TRANSPARENT = frozenset({"on_init", "on_shutdown", "cache", "lru_cache", "staticmethod", "final", "deprecated"})
_HOOKS = frozenset({"on_init", "on_shutdown"})
# When a file of the given name exists, Python computes the column of a syntax error from the line it finds there.
_NO_FILE = "<source>"


@dataclass(frozen=True)
class Import:
    """A module imported by a statement that always runs. Offsets are UTF-16 code units into the text."""

    module: str
    level: int
    names: list[str]
    name_starts: list[int]
    start: int
    end: int


@dataclass
class Outline:
    syntax_error: dict[str, Any] | None = None
    functions: list[dict[str, Any]] = field(default_factory=list)
    public_functions: list[str] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)
    has_unknown_names: bool = False
    imports: list[Import] = field(default_factory=list)
    is_body: bool = False


def outline_source(source: bytes) -> Outline:
    """Of a file."""
    positions = Positions(source.decode("utf-8", "replace"))
    try:
        # Of bytes, Python 3.11 gives the columns of syntax errors in bytes; of text in characters.
        code = decode_source(source)
        tree = ast.parse(code, _NO_FILE)
        # Some errors are only found by the compiler: `return` outside of a function, a name bound twice.
        compile(code, _NO_FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Outline(syntax_error=_syntax_error(error, positions))
    return _outline_tree(tree, positions)


def outline_inline(code: str, parameters: list[str]) -> Outline:
    """Of source in a YAML file."""
    positions = Positions(code)
    try:
        tree = ast.parse(code, _NO_FILE)
        body = is_body(tree)
        compile(as_function(ast.parse(code, _NO_FILE), parameters) if body else tree, _NO_FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Outline(syntax_error=_syntax_error(error, positions))
    outline = _outline_tree(tree, positions)
    outline.is_body = body
    return outline


def _outline_tree(tree: ast.Module, positions: Positions) -> Outline:
    outline = Outline(imports=list(_imports_of(tree, positions)))
    definitions: dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]] = {}
    other: set[str] = set()
    for statement in _statements_of(tree.body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if "overload" not in _decorators_of(statement):
                definitions.setdefault(statement.name, []).append(statement)
        else:
            other.update(_names_bound_by(statement))
    outline.has_unknown_names = "*" in other or "__getattr__" in definitions
    outline.functions = [_function(found[-1], len(found) == 1 and name not in other) for name, found in definitions.items()]
    outline.public_functions = [
        name
        for name, found in definitions.items()
        if not name.startswith("_") and not _HOOKS & set(_decorators_of(found[-1]))
    ]
    outline.other_names = sorted(other - {"*"} - set(definitions))
    return outline


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, is_only: bool) -> dict[str, Any]:
    return {
        "name": node.name,
        "parameters": list(_parameters_of(node.args)),
        "takesAnyName": node.args.kwarg is not None,
        "isSignatureKnown": is_only and set(_decorators_of(node)) <= _TRANSPARENT,
    }


def _parameters_of(args: ast.arguments) -> Iterator[dict[str, Any]]:
    positional = [*args.posonlyargs, *args.args]
    first_default = len(positional) - len(args.defaults)
    for index, argument in enumerate(positional):
        yield {
            "name": argument.arg,
            "isPositionalOnly": index < len(args.posonlyargs),
            "isRequired": index < first_default,
        }
    for argument, default in zip(args.kwonlyargs, args.kw_defaults):
        yield {"name": argument.arg, "isPositionalOnly": False, "isRequired": default is None}


def _decorators_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """The last parts of their names: `lru_cache` for `@functools.lru_cache(maxsize=1)`."""
    names: list[str] = []
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.append(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "?"))
    return names


def _statements_of(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement that runs in the scope of the module, also inside of `if`, `try`, `with` and loops."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for block in ("body", "orelse", "finalbody"):
            yield from _statements_of(getattr(statement, block, []))
        for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
            yield from _statements_of(part.body)


def _names_bound_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.ClassDef):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0]
    else:
        for child in ast.iter_child_nodes(statement):
            if not isinstance(child, ast.stmt):
                yield from (
                    node.id for node in ast.walk(child) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                )


def _imports_of(tree: ast.Module, positions: Positions) -> Iterator[Import]:
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                start = positions.at(alias.lineno, alias.col_offset)
                yield Import(alias.name, 0, [], [], start, start + len(alias.name))
        elif isinstance(statement, ast.ImportFrom):
            module = statement.module or ""
            start = positions.find(module, positions.at(statement.lineno, statement.col_offset) + len("from"))
            names = [alias.name for alias in statement.names]
            name_starts = [positions.at(alias.lineno, alias.col_offset) for alias in statement.names]
            yield Import(module, statement.level, names, name_starts, start, start + len(module))


def _syntax_error(error: Exception, positions: Positions) -> dict[str, Any]:
    if not isinstance(error, SyntaxError) or error.lineno is None:
        message = "nested too deeply" if isinstance(error, (RecursionError, MemoryError)) else str(error)
        return {"message": getattr(error, "msg", message), "start": 0, "end": 0}
    start = positions.at_character(error.lineno, error.offset or 1)
    end_line = getattr(error, "end_lineno", None) or error.lineno
    end = positions.at_character(end_line, error.end_offset) if getattr(error, "end_offset", None) else start
    return {"message": error.msg, "start": start, "end": max(start, end)}
