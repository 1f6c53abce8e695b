"""The one link between this package and the process that runs handlers."""

from __future__ import annotations

from typing import Any, Mapping, Protocol, Sequence, Union

Parameters = Union[Mapping[str, Any], Sequence[Any], None]


class Host(Protocol):
    """What the guest process offers to ``mxcp.runtime``."""

    @property
    def config(self) -> Mapping[str, Any]:
        """``project``, ``profile``, ``secrets``, ``site`` and ``user``, as the host sent them."""

    @property
    def is_in_call(self) -> bool: ...

    def execute(self, sql: str, params: Parameters) -> Any: ...

    async def execute_async(self, sql: str, params: Parameters) -> Any: ...


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
