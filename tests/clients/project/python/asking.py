from __future__ import annotations

from mxcp.runtime import mcp


async def translate(text: str) -> str:
    answer = await mcp.sample("translation", text, system_prompt="Translate to French.", max_tokens=50)
    return f"{answer.model}: {answer.text}"


async def show_folders() -> str:
    roots = await mcp.list_roots()
    return ", ".join(f"{root.name} at {root.uri}" for root in roots)
