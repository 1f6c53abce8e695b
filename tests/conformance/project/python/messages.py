import asyncio

from mxcp.runtime import mcp


async def test_tool_with_logging():
    for message in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await mcp.info(message)
        await asyncio.sleep(0.05)
    return "Logged three times."


async def test_reconnection():
    await asyncio.sleep(0.1)
    return "Reconnected."
