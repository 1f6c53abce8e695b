"""The official Python SDK: `Client` of the package `mcp`, in either era."""

from __future__ import annotations

from typing import Any

import anyio
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import (
    CreateMessageRequestParams,
    CreateMessageResult,
    ElicitRequestParams,
    ElicitResult,
    ListRootsResult,
    LoggingMessageNotificationParams,
    PromptReference,
)
from python_checks import Json, OnProgress, check_with, plain
from report import ANSWERS, read_task


class McpClient:
    def __init__(self, client: Client, logs: list[Json], asked: list[Json]) -> None:
        self._client = client
        self.logs = logs
        self.asked = asked

    async def connection(self) -> Json:
        server = self._client.server_info
        return {"revision": self._client.protocol_version, "name": server and server.name}

    async def lists(self) -> Json:
        tools = (await self._client.list_tools()).tools
        return {
            "tools": [tool.name for tool in tools],
            "inputSchema": next(tool.input_schema for tool in tools if tool.name == "list_orders"),
            "resources": [str(each.uri) for each in (await self._client.list_resources()).resources],
            "templates": [
                each.uri_template for each in (await self._client.list_resource_templates()).resource_templates
            ],
            "prompts": [each.name for each in (await self._client.list_prompts()).prompts],
        }

    async def call(self, name: str, arguments: Json, on_progress: OnProgress | None = None) -> Json:
        result = await self._client.call_tool(name, arguments, progress_callback=on_progress)
        return {
            "isError": bool(result.is_error),
            "content": [plain(block) for block in result.content],
            "structured": result.structured_content,
        }

    async def read(self, uri: str) -> Json:
        return [plain(content) for content in (await self._client.read_resource(uri)).contents]

    async def prompt(self, name: str, arguments: dict[str, str]) -> Json:
        return [plain(message) for message in (await self._client.get_prompt(name, arguments)).messages]

    async def complete(self, prompt: str, argument: dict[str, str]) -> Json:
        result = await self._client.complete(PromptReference(type="ref/prompt", name=prompt), argument)
        return result.completion.values


async def main() -> None:
    task = read_task()
    logs: list[Any] = []
    asked: list[Any] = []

    async def keep_log(params: LoggingMessageNotificationParams) -> None:
        logs.append({"level": params.level, "logger": params.logger, "data": params.data})

    async def answer_form(_context: object, params: ElicitRequestParams) -> ElicitResult:
        sent = plain(params)
        asked.append({"message": sent["message"], "requestedSchema": sent["requestedSchema"]})
        return ElicitResult(**ANSWERS["elicitation"][params.message])

    async def answer_model(_context: object, params: CreateMessageRequestParams) -> CreateMessageResult:
        sent = plain(params)
        asked.append({key: sent[key] for key in ("messages", "maxTokens", "systemPrompt")})
        return CreateMessageResult(**ANSWERS["sampling"])

    async def answer_roots(_context: object) -> ListRootsResult:
        return ListRootsResult(roots=ANSWERS["roots"])

    server = task["url"] if "url" in task else StdioServerParameters(**task["command"])
    async with Client(
        server,
        mode="auto" if task["era"] == "2026" else "legacy",
        logging_callback=keep_log,
        log_level="info",
        elicitation_callback=answer_form,
        sampling_callback=answer_model,
        list_roots_callback=answer_roots,
    ) as client:
        await check_with(McpClient(client, logs, asked), task)


anyio.run(main)
