import { createServer, type RequestListener } from 'node:http';
import { requestJson } from '@mxcp-ts/plugin-api';
import { expect, onTestFinished, test } from 'vitest';

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return new URL(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`);
}

const { signal } = new AbortController();

test('sends headers and a body, and gives status and JSON', async () => {
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    const text = Buffer.concat(chunks).toString('utf8');
    response
      .writeHead(404)
      .end(JSON.stringify({ method, token: headers['x-token'], type: headers['content-type'], text }));
  });
  expect(await requestJson({ url, headers: { 'x-token': 't' }, body: { a: 1 }, signal })).toEqual({
    kind: 'answer',
    status: 404,
    body: { method: 'POST', token: 't', type: 'application/json', text: '{"a":1}' },
  });
});

test('an answer that is not JSON has no body', async () => {
  const url = await serve((_, response) => response.end('<html>'));
  expect(await requestJson({ url, headers: {}, signal })).toEqual({ kind: 'answer', status: 200, body: undefined });
});

test('follows one redirect, and none to another protocol, which could be one without encryption', async () => {
  const loop = await serve((_, response) => response.writeHead(307, { location: '/again' }).end());
  expect(await requestJson({ url: loop, headers: {}, signal })).toEqual({
    kind: 'answer',
    status: 307,
    body: undefined,
  });
  const away = await serve((_, response) => response.writeHead(307, { location: 'ftp://127.0.0.1/' }).end());
  expect(await requestJson({ url: away, headers: {}, signal })).toEqual({
    kind: 'unreachable',
    reason: 'it redirects to an address without encryption',
  });
});

test('says nothing of a header that cannot be sent', async () => {
  const url = await serve((_, response) => response.end('{}'));
  expect(await requestJson({ url, headers: { 'x-token': 'hunter2\n2' }, signal })).toEqual({
    kind: 'unreachable',
    reason: 'the request did not go through',
  });
});

test('says that the connection broke in the middle', async () => {
  const url = await serve((request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{');
    setImmediate(() => request.socket.destroy());
  });
  expect(await requestJson({ url, headers: {}, signal })).toEqual({
    kind: 'unreachable',
    // Which of them Node notices first is a matter of its version.
    reason: expect.stringMatching(/^connection (?:closed|reset)$/),
  });
});
