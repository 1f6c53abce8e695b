"""Plug-ins of the project: their modules, instances and SQL functions."""

from __future__ import annotations

import importlib
import inspect
from types import ModuleType
from typing import Any, Callable

from mxcp.plugins import MXCPBasePlugin, marked_methods
from mxcp_guest.failures import describe_failure
from mxcp_guest.function_connection import FunctionConnection
from mxcp_guest.loader import Loader
from mxcp_guest.sql_function import FunctionFault, SqlFunction, declare_function

_CLASS = "MXCPPlugin"
_SHUTDOWN = "__mxcp_on_shutdown__"


class PluginFault(Exception):
    """A plug-in that cannot be used; the message is a sentence."""


class LoadedPlugins:
    """Loads what the start message lists; what fails is reported and left out."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self.by_name: dict[str, Any] = {}
        """What ``plugins.get`` gives: instances, and modules without a class."""
        self.functions: list[SqlFunction] = []
        self.described_functions: list[dict[str, Any]] = []
        """`GuestFunction` of the wire, in the same order."""
        self.faults: list[dict[str, Any]] = []
        self.endings: list[tuple[str, Callable[[], Any]]] = []
        """What to call on the way down, in this order, with names for messages."""

    def load(self, plugins: list[dict[str, Any]]) -> None:
        for index, plugin in enumerate(plugins):
            try:
                self._load(index, plugin)
            except BaseException as error:
                self._report(index, error)

    def _load(self, index: int, plugin: dict[str, Any]) -> None:
        name = plugin["name"]
        module = self._import(plugin)
        instance = _instance_of(plugin, module)
        self.by_name[name] = module if instance is None else instance
        self.endings[:0] = _endings_of(name, module, instance)
        if instance is not None:
            self._add_methods(index, name, instance)
        register = getattr(module, "register_functions", None)
        if callable(register):
            connection = FunctionConnection()
            outcome = register(connection)
            if inspect.isawaitable(outcome):
                raise PluginFault("register_functions is async. Write it with a plain `def`.")
            for function in connection.functions.values():
                self._add(index, function)

    def _import(self, plugin: dict[str, Any]) -> ModuleType:
        file = plugin.get("file")
        if file is None:
            return importlib.import_module(plugin["module"])
        return self._loader.import_file(file)

    def _add_methods(self, index: int, plugin: str, instance: Any) -> None:
        for method in marked_methods(instance, "__mxcp_udf__"):
            name = f"{method.__name__}_{plugin}"
            try:
                # As functions of `register_functions` are by default: constants are computed once a statement.
                self._add(index, declare_function(name, method, passes_nulls=True, is_pure=True))
            except FunctionFault as error:
                self._report(index, error, _place_of(method))

    def _add(self, index: int, function: SqlFunction) -> None:
        if any(function.name.lower() == other.name.lower() for other in self.functions):
            raise FunctionFault(f"Another plug-in defines the SQL function {function.name} too.")
        self.functions.append(function)
        self.described_functions.append(function.describe(index))

    def _report(self, index: int, error: BaseException, place: str = "") -> None:
        described = describe_failure(error, self._loader.folders)
        self.faults.append({"plugin": index, "error": {**described, "stack": place + described["stack"]}})


def _instance_of(plugin: dict[str, Any], module: ModuleType) -> Any:
    """None for a module that need not have the class and has none."""
    kind = getattr(module, _CLASS, None)
    if kind is None:
        if plugin["isListed"]:
            raise PluginFault(f"{plugin['path']} has no class {_CLASS}, which a plug-in of the site file must have.")
        return None
    if not (inspect.isclass(kind) and issubclass(kind, MXCPBasePlugin)):
        raise PluginFault(f"{_CLASS} in {plugin['path']} is not a subclass of mxcp.plugins.MXCPBasePlugin.")
    return kind(dict(plugin["config"]))


def _endings_of(name: str, module: ModuleType, instance: Any) -> list[tuple[str, Callable[[], Any]]]:
    marked = [value for value in vars(module).values() if inspect.isfunction(value) and getattr(value, _SHUTDOWN, False)]
    if instance is not None:
        own = marked_methods(instance, _SHUTDOWN)
        marked += [method for method in own if method.__name__ != "shutdown"] + [instance.shutdown]
    return [(f"{name}.{function.__name__}", function) for function in marked]


def _place_of(method: Callable[..., Any]) -> str:
    """Its ``def`` as a line of a traceback, which is where the host looks for places; empty when it has no source."""
    try:
        function: Any = inspect.unwrap(method)
        lines, first = inspect.getsourcelines(function)
        file = function.__code__.co_filename
    except (AttributeError, OSError, TypeError, ValueError):
        return ""
    decorators = next((index for index, line in enumerate(lines) if line.lstrip().startswith(("def ", "async def "))), 0)
    return f'  File "{file}", line {first + decorators}, in {function.__name__}\n'
