// The ceiling: node:http that parses a call and answers with an echo of the same shape. Checks nothing. node bare-http.mjs PORT
import { createServer } from 'node:http';

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { id, params } = JSON.parse(Buffer.concat(parts).toString());
  const { text } = params.arguments;
  const answer = Buffer.from(
    JSON.stringify({
      jsonrpc: '2.0',
      id,
      result: {
        content: [{ type: 'text', text: JSON.stringify(text) }],
        structuredContent: text,
        resultType: 'complete',
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'bench', version: '1.0.0' } },
      },
    }),
  );
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
  response.end(answer);
});
server.listen(Number(process.argv[2]), '127.0.0.1');
