from __future__ import annotations

import asyncio

from mxcp.runtime import mcp


async def count_slowly() -> int:
    for done in range(1, 4):
        await mcp.progress(done, total=3, message=f"counted {done}")
        # A client gets twenty reports a second at most.
        await asyncio.sleep(0.1)
    await mcp.warning("Counted.", logger_name="counter", steps=3)
    return 3
