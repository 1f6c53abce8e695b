"""What the Python drivers share: the task they are given, and the lines they print."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import anyio

LIMIT_SECONDS = 60
# What the person, the model and the file system at every client answer.
ANSWERS = json.loads((Path(__file__).parent.parent / "answers.json").read_text("utf-8"))


def read_task() -> dict[str, Any]:
    """What the script tells a driver: `python <driver> <JSON of it>`."""
    task = json.loads(sys.argv[1])
    expected = json.loads((Path(__file__).parent.parent / "expected.json").read_text("utf-8"))
    return {**task, "expected": {**expected["both"], **expected[task["era"]]}}


async def report(task: Mapping[str, Any], checks: Mapping[str, Callable[[], Awaitable[object]]]) -> None:
    """Prints one JSON line per check: whether what the client saw is exactly what `expected.json` says."""
    for what, look in checks.items():
        detail = await _difference(look, task["expected"].get(what))
        print(json.dumps({"what": what, "ok": detail == "", "detail": detail}), flush=True)


async def _difference(look: Callable[[], Awaitable[object]], wanted: object) -> str:
    try:
        with anyio.fail_after(LIMIT_SECONDS):
            saw = await look()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    # As JSON, because Python holds True and 1 for equal.
    found, expected = (json.dumps(value, sort_keys=True, ensure_ascii=False) for value in (saw, wanted))
    return "" if found == expected else f"saw {found}\n  not {expected}"
