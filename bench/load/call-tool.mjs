import { headersOf, toolCall } from '../protocol/mcp-request.mjs';

/** What a tool answers, read from its one text block. Rejects when it says that it failed. */
export async function callTool(port, name, args) {
  const message = { ...toolCall(name, args), id: 1 };
  const url = `http://127.0.0.1:${port}/mcp`;
  const answer = await fetch(url, { method: 'POST', headers: headersOf(message), body: JSON.stringify(message) });
  const text = await answer.text();
  const { result } = JSON.parse(text);
  if (answer.status !== 200 || result === undefined || result.isError === true) {
    throw new Error(`${name}: answered ${answer.status} ${text.slice(0, 500)}`);
  }
  return JSON.parse(result.content[0].text);
}
