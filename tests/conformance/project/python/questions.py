from mxcp.runtime import mcp

CONFIRMATION = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}


def text_field(name):
    return {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}


def test_input_required_result_sampling():
    return mcp.sample("capital_question", "What is the capital of France?", max_tokens=100).text


async def test_input_required_result_tampered_state():
    answer = await mcp.elicit("confirm", "Please confirm", CONFIRMATION)
    return f"Confirmed: {answer.accepted and answer.content['ok']}"


async def test_input_required_result_multi_round():
    first = await mcp.elicit("step1", "Step 1: What is your name?", text_field("name"))
    second = await mcp.elicit("step2", "Step 2: What is your favorite color?", text_field("color"))
    return f"{first.content['name']} likes {second.content['color']}."


def test_missing_capability():
    return mcp.sample("llm", "ping", max_tokens=16).text
