"""``context``: who calls, and how the call came in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Iterable, Mapping

from mxcp._host import find_host, get_call

_HIDDEN_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})


@dataclass(frozen=True)
class UserContext:
    """An authenticated caller. Printing it shows neither the token nor the profile."""

    provider: str
    user_id: str
    username: str
    email: str | None = None
    name: str | None = None
    avatar_url: str | None = None
    raw_profile: dict[str, Any] | None = field(default=None, repr=False)
    external_token: str | None = field(default=None, repr=False)
    capabilities: list[str] = field(default_factory=list)

    def model_dump(self) -> dict[str, Any]:
        """All fields as a dict, the token in clear."""
        return asdict(self)


@dataclass(frozen=True)
class ClientInfo:
    """The program that calls, as it presents itself."""

    name: str | None
    version: str | None
    abilities: tuple[str, ...] = ()
    """What it can be asked: ``elicit``, ``elicit-url``, ``sample``, ``roots``."""


class Headers(dict):
    """Headers of an HTTP request: a dict with names in lower case that is read with names in any case.

    Printing it shows no credentials.
    """

    def __init__(self, headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        super().__init__((name.lower(), value) for name, value in dict(headers).items())

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)

    def __repr__(self) -> str:
        return repr({name: "***" if name in _HIDDEN_HEADERS else value for name, value in self.items()})

    __str__ = __repr__


class Context:
    """The running call. Every attribute is read when it is used, so ``context`` can be imported at the top of a module."""

    @property
    def request_id(self) -> str | None:
        """The client's own id of the request, as text."""
        return _sent("request_id").get("requestId")

    @property
    def transport(self) -> str:
        """``stdio``, ``http``, ``cli`` or ``admin``."""
        return _sent("transport")["transport"]

    @property
    def headers(self) -> Headers:
        """Of the HTTP request; empty for other transports."""
        return Headers(_sent("headers").get("headers") or {})

    @property
    def user(self) -> UserContext | None:
        """The caller; None when it is anonymous."""
        return user_of(_sent("user"))

    @property
    def client(self) -> ClientInfo | None:
        """The program that calls; None where there is no MCP client."""
        return client_of(_sent("client"))

    @property
    def call_id(self) -> str:
        """What the log calls this call."""
        return get_call("context.call_id").name

    @property
    def endpoint(self) -> str:
        """The name of the tool or prompt, the URI of the resource."""
        return get_call("context.endpoint").endpoint

    @property
    def is_cancelled(self) -> bool:
        """Whether the answer is no longer wanted."""
        return get_call("context.is_cancelled").is_cancelled

    def __repr__(self) -> str:
        host = find_host()
        call = None if host is None else host.find_call()
        return "<context of no call>" if call is None else f"<context of call {call.name} of {call.endpoint}>"


context = Context()


def get_context() -> Context:
    """The context of the running call. Raises RuntimeError outside of calls."""
    get_call("get_context")
    return context


def find_user() -> UserContext | None:
    """The caller of the running call; None when it is anonymous, and outside of calls."""
    host = find_host()
    call = None if host is None else host.find_call()
    return None if call is None else user_of(call.context or {})


def user_of(sent: Mapping[str, Any]) -> UserContext | None:
    user = sent.get("user")
    if not user:
        return None
    known = {name: user[name] for name in UserContext.__dataclass_fields__ if name in user}
    return UserContext(**{**known, "capabilities": list(user.get("capabilities") or ())})


def client_of(sent: Mapping[str, Any]) -> ClientInfo | None:
    client = sent.get("client")
    if not client:
        return None
    return ClientInfo(client.get("name"), client.get("version"), tuple(client.get("abilities") or ()))


def _sent(name: str) -> Mapping[str, Any]:
    return get_call(f"context.{name}").context or {}
