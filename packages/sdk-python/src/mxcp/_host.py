"""The one link between this package and the process that runs handlers."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Protocol, Sequence, Union

Parameters = Union[Mapping[str, Any], Sequence[Any], None]


class RunningCall(Protocol):
    """What is known about a call while it runs."""

    name: str
    """The host's own id of the call, as in every log line."""
    context: Mapping[str, Any] | None
    """``transport``, ``requestId``, ``headers``, ``user``, ``client`` and ``hasSession``, as the host sent them."""
    is_cancelled: bool
    unawaited: dict[Any, Any]
    """Questions to the client (`Asking`) that were made and that nobody has awaited yet, in order."""

    @property
    def endpoint(self) -> str: ...


class DatabaseAccess(Protocol):
    """The project's DuckDB. ``transaction`` is the number of one; None for the one whose block the running code is in."""

    def execute(self, sql: str, params: Parameters, transaction: int | None = None) -> Any: ...

    async def execute_async(self, sql: str, params: Parameters, transaction: int | None = None) -> Any: ...

    def begin(self) -> int: ...

    async def begin_async(self) -> int: ...

    def end(self, transaction: int, how: str) -> None: ...

    async def end_async(self, transaction: int, how: str) -> None: ...

    def abandon_transaction(self, transaction: int) -> None:
        """Rolls back without waiting for it."""

    def open_stream(self, sql: str, params: Parameters, batch_rows: int, transaction: int | None = None) -> int: ...

    async def open_stream_async(
        self, sql: str, params: Parameters, batch_rows: int, transaction: int | None = None
    ) -> int: ...

    def fetch(self, stream: int) -> Any:
        """The next rows; None at the end."""

    async def fetch_async(self, stream: int) -> Any: ...

    def close_stream(self, stream: int) -> None: ...

    async def close_stream_async(self, stream: int) -> None: ...

    def abandon_stream(self, stream: int) -> None:
        """Closes it with the next message that goes to the host. For finalizers."""

    def append(self, how: str, table: str, rows: Any, transaction: int | None = None) -> int: ...

    async def append_async(self, how: str, table: str, rows: Any, transaction: int | None = None) -> int: ...


class ClientAccess(Protocol):
    """The client of the running call, and all others."""

    def ask(self, key: str, request: dict[str, Any]) -> Any:
        """What it answers to an `InputRequest`. Ends the handler when it has not answered yet."""

    async def ask_async(self, key: str, request: dict[str, Any]) -> Any: ...

    def tell(self, message: dict[str, Any]) -> None:
        """Sends it something about the call; nothing happens when there is no call."""

    def announce(self, change: dict[str, Any]) -> None:
        """Tells the clients that want to know of a change."""


class Host(Protocol):
    """What the guest process offers to ``mxcp.runtime``."""

    @property
    def config(self) -> Mapping[str, Any]:
        """``project``, ``profile``, ``secrets``, ``site`` and ``user``, as the host sent them."""

    @property
    def plugins(self) -> Mapping[str, Any]:
        """Instances and modules by name, in the order of the project."""

    @property
    def can_reload(self) -> bool: ...

    def find_call(self) -> RunningCall | None:
        """The call that the running code belongs to; None in hooks, SQL functions and threads of user code."""

    @property
    def database(self) -> DatabaseAccess: ...

    @property
    def client(self) -> ClientAccess: ...

    def ask(self, message: dict[str, Any]) -> Any:
        """The value that answers a question about the running call. Blocks the thread."""

    async def ask_async(self, message: dict[str, Any]) -> Any: ...

    def log(self, level: str, text: str) -> None:
        """A line of the operator's log."""

    def offer(self, function: Callable[[], Any]) -> int:
        """Keeps a function for the time when the database is closed; its number."""


_installed: Host | None = None


def install(host: Host) -> None:
    """Called once by the guest, before any code of the project is imported."""
    global _installed
    _installed = host


def find_host() -> Host | None:
    return _installed


def get_host() -> Host:
    if _installed is None:
        raise RuntimeError(
            "mxcp.runtime works only inside handlers that mxcp-ts runs. "
            "Try this function with `mxcp-ts run`."
        )
    return _installed


def get_call(name: str) -> RunningCall:
    """The running call. Raises RuntimeError, which says that ``name`` needs one."""
    call = get_host().find_call()
    if call is None:
        raise RuntimeError(
            f"{name} works only while a handler runs, also in tasks and asyncio.to_thread that it starts: "
            "there is no call in hooks, in SQL functions and in threads of your own."
        )
    return call
