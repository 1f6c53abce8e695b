import fc from 'fast-check';
import type { HeaderLine, HttpStep } from '../step.ts';
import { headerMutation, headersOf, mutateHeaders } from './headers.ts';
import { isMapping, type Json, writeJson } from './json-text.ts';
import { type Era, type Message, messagesOf } from './messages.ts';
import { byteMutation, mutateBytes } from './mutate-bytes.ts';
import { mutateDocument, mutation } from './mutate-document.ts';

const hangUp = fc.oneof(
  { weight: 40, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 5, 20) },
);

const isChunked = fc.nat({ max: 9 }).map(number => number === 0);

/** What is usual about a request that carries a message. */
function post(message: Message, body: Buffer): Omit<HttpStep, 'isChunked' | 'hangUpAfterMs'> {
  return { kind: 'http', method: 'POST', path: '/mcp', headers: headersOf(message), body };
}

/** One certain message, as it is. */
export function plainPost(message: Message): HttpStep {
  return { ...post(message, Buffer.from(writeJson(message.document))), isChunked: false, hangUpAfterMs: undefined };
}

/** A valid message, in the right headers. */
export function validPost(era: Era): fc.Arbitrary<HttpStep> {
  return fc.tuple(messagesOf(era), isChunked, hangUp).map(([message, chunked, hangUpAfterMs]) => ({
    ...post(message, Buffer.from(writeJson(message.document))),
    isChunked: chunked,
    hangUpAfterMs,
  }));
}

/** A message with wrong fields; its headers say what the right ones would have. */
export function mutatedPost(era: Era): fc.Arbitrary<HttpStep> {
  return fc
    .tuple(messagesOf(era), fc.array(mutation, { minLength: 1, maxLength: 3 }), isChunked, hangUp)
    .map(([message, mutations, chunked, hangUpAfterMs]) => ({
      ...post(message, Buffer.from(writeJson(mutateDocument(message.document, mutations)))),
      isChunked: chunked,
      hangUpAfterMs,
    }));
}

/** A message that is wrong only inside of its params, beside `_meta`, with headers that agree: it gets as far as any can. */
export function mutatedParams(era: Era): fc.Arbitrary<HttpStep> {
  return fc
    .tuple(messagesOf(era), fc.array(mutation, { minLength: 1, maxLength: 3 }), hangUp)
    .map(([message, mutations, hangUpAfterMs]) => {
      const { _meta, ...rest } = membersOf(message.document['params']);
      const params: Members = { ...membersOf(mutateDocument(rest, mutations)), ...(_meta !== undefined && { _meta }) };
      const name = params['name'] ?? params['uri'];
      const named = { ...message, name: message.era === '2026' && typeof name === 'string' ? name : undefined };
      const body = Buffer.from(writeJson({ ...message.document, params }));
      return { ...post(named, body), isChunked: false, hangUpAfterMs };
    });
}

type Members = { readonly [key: string]: Json };

function membersOf(value: Json | undefined): Members {
  return value !== undefined && isMapping(value) ? value : {};
}

/** A valid message in wrong headers, with another method, or at another path. */
export function misaddressedPost(era: Era): fc.Arbitrary<HttpStep> {
  const method = fc.oneof(
    { weight: 8, arbitrary: fc.constant('POST') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'M-SEARCH'),
    },
  );
  const path = fc.oneof(
    { weight: 8, arbitrary: fc.constant('/mcp') },
    { weight: 1, arbitrary: fc.constantFrom(...paths) },
  );
  return fc
    .tuple(messagesOf(era), fc.array(headerMutation, { minLength: 1, maxLength: 4 }), method, path, isChunked)
    .map(([message, mutations, changedMethod, changedPath, chunked]) => ({
      ...post(message, Buffer.from(writeJson(message.document))),
      method: changedMethod,
      path: changedPath,
      headers: mutateHeaders(headersOf(message), mutations),
      isChunked: chunked,
      hangUpAfterMs: undefined,
    }));
}

/** The bytes of a valid message, damaged. */
export function damagedPost(era: Era): fc.Arbitrary<HttpStep> {
  return fc
    .tuple(messagesOf(era), fc.array(byteMutation, { minLength: 1, maxLength: 3 }), isChunked)
    .map(([message, mutations, chunked]) => ({
      ...post(message, mutateBytes(Buffer.from(writeJson(message.document)), mutations)),
      isChunked: chunked,
      hangUpAfterMs: undefined,
    }));
}

const batchSize = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(100, 101, 300) },
);

/** Several messages in one body. */
export const batchPost: fc.Arbitrary<HttpStep> = fc
  .constantFrom<Era>('2025', '2025', '2026')
  .chain(era =>
    fc.tuple(messagesOf(era), fc.array(messagesOf(era), { minLength: 1, maxLength: 6, size: 'max' }), batchSize),
  )
  .map(([first, messages, size]) => {
    const documents = Array.from({ length: size }, (_, at) => messages[at % messages.length]?.document ?? null);
    return { ...post(first, Buffer.from(writeJson(documents))), isChunked: false, hangUpAfterMs: undefined };
  });

/** A body that is larger than the server takes, or nearly. */
export const largePost: fc.Arbitrary<HttpStep> = fc
  .tuple(fc.constantFrom<Era>('2025', '2026'), fc.constantFrom(0.2, 1, 3.9, 4.1, 6), isChunked)
  .map(([era, mebibytes, chunked]) => {
    const args = { text: 'x'.repeat(mebibytes * 1024 * 1024) };
    const document = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'ts_echo', arguments: args },
    } as const;
    const message: Message = { era, method: 'tools/call', name: 'ts_echo', document };
    return { ...post(message, Buffer.from(writeJson(document))), isChunked: chunked, hangUpAfterMs: undefined };
  });

const paths: readonly string[] = [
  '/mcp/',
  '/mcp?x=1',
  '/mcp#x',
  '/MCP',
  '/mcp/../mcp',
  '//mcp',
  '/mcp%00',
  '/%6dcp',
  '/',
  '/health',
  '/health/live',
  '/health/ready',
  '/health/nothing',
  '/.well-known/oauth-protected-resource',
  '/../../etc/passwd',
  '/%',
  '*',
  'http://localhost/mcp',
  'http://evil.example/mcp',
  `/${'x'.repeat(3_000)}`,
  '/__proto__',
];

/** Requests without a message: streams of sessions, their ends, health, preflights, pages that do not exist. */
export const bodiless: fc.Arbitrary<HttpStep> = fc
  .tuple(
    fc.constantFrom('GET', 'GET', 'DELETE', 'OPTIONS', 'HEAD', 'POST', 'TRACE'),
    fc.oneof({ weight: 2, arbitrary: fc.constant('/mcp') }, { weight: 1, arbitrary: fc.constantFrom(...paths) }),
    fc.array(headerMutation, { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([method, path, mutations, isOfSession]) => {
    const session: HeaderLine[] = isOfSession
      ? [
          ['Mcp-Session-Id', '@@session@@'],
          ['MCP-Protocol-Version', '2025-11-25'],
        ]
      : [];
    const lines: HeaderLine[] = [['Host', 'localhost'], ['Accept', 'text/event-stream'], ...session];
    return {
      kind: 'http',
      method,
      path,
      headers: mutateHeaders(lines, mutations),
      body: undefined,
      isChunked: false,
      hangUpAfterMs: undefined,
    };
  });
