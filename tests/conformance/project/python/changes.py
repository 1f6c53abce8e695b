from mxcp.runtime import mcp


def test_trigger_prompt_change():
    mcp.prompts_changed()
    return "Clients that listen have been told."
