"""Who is calling. This version authenticates nobody, so the answer is always None."""

from __future__ import annotations

from typing import Any


def get_user_context() -> Any:
    return None
