"""``log``: the operator's log."""

from __future__ import annotations

from typing import Any

from mxcp._host import get_host


class Log:
    """Lines for whoever runs the server, with the endpoint and the call they belong to. The client sees none of them."""

    def debug(self, message: Any, *args: Any) -> None:
        _write("debug", message, args)

    def info(self, message: Any, *args: Any) -> None:
        _write("info", message, args)

    def warning(self, message: Any, *args: Any) -> None:
        _write("warning", message, args)

    def error(self, message: Any, *args: Any) -> None:
        _write("error", message, args)


def _write(level: str, message: Any, args: tuple[Any, ...]) -> None:
    get_host().log(level, str(message) % args if args else str(message))
