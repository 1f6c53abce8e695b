import asyncio

from mxcp.runtime import mcp

FORM = {"type": "object", "properties": {"ok": {"type": "boolean"}, "text": {"type": "string"}}, "required": ["ok"]}


async def ask():
    answer = await mcp.elicit("answer", "Is that so?", FORM)
    if not answer.accepted:
        return answer.action
    return str(answer.content["ok"])


async def job(ms):
    await asyncio.sleep(ms / 1000)
    answer = await mcp.elicit("answer", "Go on?", FORM)
    return answer.action
