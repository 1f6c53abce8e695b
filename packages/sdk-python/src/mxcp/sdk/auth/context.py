"""Who is calling."""

from __future__ import annotations

from mxcp._context import UserContext, find_user

__all__ = ["UserContext", "get_user_context"]


def get_user_context() -> UserContext | None:
    """The caller of the running call; None when it is anonymous, and outside of calls."""
    return find_user()
