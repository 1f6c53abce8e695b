"""FastMCP's own Python client, in either era."""

from __future__ import annotations

from typing import Any

import anyio
from fastmcp import Client
from fastmcp.client.elicitation import ElicitResult
from fastmcp.client.logging import LogMessage
from fastmcp.client.transports import StdioTransport
from mcp_types import CreateMessageRequestParams, CreateMessageResult, ElicitRequestParams, PromptReference, Root
from python_checks import Json, OnProgress, check_with, plain
from report import ANSWERS, read_task


class FastMcpClient:
    def __init__(self, client: Client[Any], logs: list[Json], asked: list[Json]) -> None:
        self._client = client
        self.logs = logs
        self.asked = asked

    async def connection(self) -> Json:
        server = self._client.server_info
        return {"revision": self._client.protocol_version, "name": server and server.name}

    async def lists(self) -> Json:
        tools = await self._client.list_tools()
        return {
            "tools": [tool.name for tool in tools],
            "inputSchema": next(tool.input_schema for tool in tools if tool.name == "list_orders"),
            "resources": [str(each.uri) for each in await self._client.list_resources()],
            "templates": [each.uri_template for each in await self._client.list_resource_templates()],
            "prompts": [each.name for each in await self._client.list_prompts()],
        }

    async def call(self, name: str, arguments: Json, on_progress: OnProgress | None = None) -> Json:
        result = await self._client.call_tool(name, arguments, progress_handler=on_progress, raise_on_error=False)
        return {
            "isError": result.is_error,
            "content": [plain(block) for block in result.content],
            "structured": result.structured_content,
        }

    async def read(self, uri: str) -> Json:
        return [plain(content) for content in await self._client.read_resource(uri)]

    async def prompt(self, name: str, arguments: dict[str, str]) -> Json:
        return [plain(message) for message in (await self._client.get_prompt(name, arguments)).messages]

    async def complete(self, prompt: str, argument: dict[str, str]) -> Json:
        return (await self._client.complete(PromptReference(type="ref/prompt", name=prompt), argument)).values


async def main() -> None:
    task = read_task()
    logs: list[Any] = []
    asked: list[Any] = []

    async def keep_log(message: LogMessage) -> None:
        logs.append({"level": message.level, "logger": message.logger, "data": message.data})

    async def answer_form(
        message: str, _response_type: object, params: ElicitRequestParams, _context: object
    ) -> ElicitResult[Any]:
        asked.append({"message": message, "requestedSchema": plain(params)["requestedSchema"]})
        return ElicitResult(**ANSWERS["elicitation"][message])

    async def answer_model(
        _messages: object, params: CreateMessageRequestParams, _context: object
    ) -> CreateMessageResult:
        sent = plain(params)
        asked.append({key: sent[key] for key in ("messages", "maxTokens", "systemPrompt")})
        return CreateMessageResult(**ANSWERS["sampling"])

    async with Client(
        task["url"] if "url" in task else StdioTransport(**task["command"]),
        mode="auto" if task["era"] == "2026" else "legacy",
        log_handler=keep_log,
        elicitation_handler=answer_form,
        sampling_handler=answer_model,
        roots=[Root(**root) for root in ANSWERS["roots"]],
    ) as client:
        await check_with(FastMcpClient(client, logs, asked), task)


anyio.run(main)
