import asyncio

from mxcp.runtime import mcp

YES_OR_NO = {"type": "object", "properties": {"confirm": {"type": "boolean"}}, "required": ["confirm"]}


async def slow_compute(seconds: float, label: str):
    await asyncio.sleep(seconds)
    return f"Computed {label or 'something'} for {seconds:g} s."


async def multi_input():
    first, second = await asyncio.gather(
        mcp.elicit("first", "Go on?", YES_OR_NO),
        mcp.elicit("second", "Really?", YES_OR_NO),
    )
    return f"First: {first.action}. Second: {second.action}."
