"""``session``: data that is kept for a client's session, or for an authenticated caller."""

from __future__ import annotations

from typing import Any, Iterator

from mxcp._host import get_call, get_host
from mxcp._json import json_value


class Session:
    """A key-value store in the host, so that it survives this process. Keys are text, values what JSON has.

    In an ``async def`` prefer ``aget``, ``aset``, ``adelete`` and ``akeys``, which do not stop the event loop.
    """

    def get(self, key: str, default: Any = None) -> Any:
        found = get_host().ask(_question("get", key))
        return found["value"] if found["found"] else default

    def set(self, key: str, value: Any) -> None:
        """Raises ValueError when the session would hold too much."""
        get_host().ask(_question("set", key, value))

    def delete(self, key: str) -> None:
        """Nothing happens when there is no such key."""
        get_host().ask(_question("delete", key))

    def keys(self) -> list[str]:
        return get_host().ask(_question("keys"))

    async def aget(self, key: str, default: Any = None) -> Any:
        found = await get_host().ask_async(_question("get", key))
        return found["value"] if found["found"] else default

    async def aset(self, key: str, value: Any) -> None:
        await get_host().ask_async(_question("set", key, value))

    async def adelete(self, key: str) -> None:
        await get_host().ask_async(_question("delete", key))

    async def akeys(self) -> list[str]:
        return await get_host().ask_async(_question("keys"))

    def __getitem__(self, key: str) -> Any:
        found = get_host().ask(_question("get", key))
        if not found["found"]:
            raise KeyError(key)
        return found["value"]

    def __setitem__(self, key: str, value: Any) -> None:
        self.set(key, value)

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self.delete(key)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and bool(get_host().ask(_question("get", key))["found"])

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())


def _question(action: str, key: str | None = None, value: Any = None) -> dict[str, Any]:
    call = get_call("session")
    if not (call.context or {}).get("hasSession"):
        raise RuntimeError(
            "This caller has no session: it is anonymous, and each of its requests stands alone. "
            "Session data needs a client with a session, or authentication."
        )
    question: dict[str, Any] = {"type": "session", "do": action}
    if key is not None or action != "keys":
        if not isinstance(key, str):
            raise TypeError(f"The keys of a session are text, not {type(key).__name__}.")
        question["key"] = key
    if action == "set":
        question["value"] = json_value(value, "session")
    return question
