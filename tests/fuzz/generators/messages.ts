import fc from 'fast-check';
import { type Call, legacyCall, modernCall } from './calls.ts';
import { type Json, RawJson } from './json-text.ts';

type Members = { readonly [key: string]: Json };

export type Era = '2025' | '2026';

/** A message as a well-behaved client would send it. */
export interface Message {
  readonly era: Era;
  readonly method: string;
  /** What the revision of 2026 repeats in `Mcp-Name`. */
  readonly name: string | undefined;
  readonly document: { readonly [key: string]: Json };
}

const id = fc.oneof(fc.nat(1_000), fc.constantFrom<Json>('a', '', '7', -1, 2 ** 53, 'ü'), fc.uuid());

const protocolMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'fuzz', version: '1' },
};

const capabilities = fc.constantFrom<{ readonly [key: string]: Json }>(
  {},
  { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} },
  { extensions: { 'io.modelcontextprotocol/tasks': {} } },
  { elicitation: {}, extensions: { 'io.modelcontextprotocol/tasks': {} } },
);

const wish = fc.constantFrom<{ readonly [key: string]: Json }>(
  {},
  {},
  {},
  { progressToken: 'p' },
  { progressToken: 1, 'io.modelcontextprotocol/logLevel': 'debug' },
  { traceparent: '00-0-0-00' },
);

/** What a client of 2026 adds to a call that it makes again. */
const again = fc.constantFrom<{ readonly [key: string]: Json }>(
  {},
  {},
  {},
  {},
  { inputResponses: { answer: { action: 'accept', content: { ok: true } } }, requestState: '@@state@@' },
  { inputResponses: { answer: { action: 'decline' } }, requestState: '@@state-tampered@@' },
  { inputResponses: { __proto__x: null, answer: 7 } },
  {
    inputResponses: {
      answer: { action: 'accept', content: { ok: true } },
      model: { role: 'assistant', content: { type: 'text', text: 'Hello.' }, model: 'm' },
      folders: { roots: [{ uri: 'file:///a' }] },
    },
    requestState: '@@state@@',
  },
  { requestState: 'e30.e30' },
);

/** A request of 2026. */
export function modernMessage(
  { method, params }: Call,
  { id: requestId, meta, retry = {} }: { readonly id: Json; readonly meta: Members; readonly retry?: Members },
): Message {
  const name = params?.['name'] ?? params?.['uri'] ?? params?.['taskId'];
  return {
    era: '2026',
    method,
    name: typeof name === 'string' ? name : undefined,
    document: {
      jsonrpc: '2.0',
      id: requestId,
      method,
      params: { ...params, ...retry, _meta: { ...protocolMeta, ...meta } },
    },
  };
}

const modernRequest = fc
  .tuple(modernCall, id, capabilities, wish, again)
  .map(([call, requestId, clientCapabilities, meta, retry]) =>
    modernMessage(call, {
      id: requestId,
      meta: { 'io.modelcontextprotocol/clientCapabilities': clientCapabilities, ...meta },
      retry,
    }),
  );

/** A request of 2025. */
export function legacyMessage({ method, params }: Call, requestId: Json, meta: Members = {}): Message {
  const withMeta = { ...params, ...(Object.keys(meta).length > 0 && { _meta: meta }) };
  return {
    era: '2025',
    method,
    name: undefined,
    document: { jsonrpc: '2.0', id: requestId, method, params: withMeta },
  };
}

const legacyRequest = fc
  .tuple(legacyCall, id, wish)
  .map(([call, requestId, meta]) => legacyMessage(call, requestId, meta));

const notification = fc
  .tuple(
    fc.constantFrom<Era>('2025', '2026'),
    fc.constantFrom<Call>(
      { method: 'notifications/initialized' },
      { method: 'notifications/cancelled', params: { requestId: 1, reason: 'enough' } },
      { method: 'notifications/cancelled', params: { requestId: 'a' } },
      { method: 'notifications/progress', params: { progressToken: 'p', progress: 1 } },
      { method: 'notifications/roots/list_changed' },
      { method: 'notifications/unknown', params: {} },
    ),
  )
  .map(
    ([era, { method, params }]): Message => ({
      era,
      method,
      name: undefined,
      document: { jsonrpc: '2.0', method, params: { ...params, ...(era === '2026' && { _meta: protocolMeta }) } },
    }),
  );

/** What a client of 2025 answers when it is asked something, whether it was or not. */
export const response: fc.Arbitrary<Message> = fc
  .oneof({ weight: 3, arbitrary: fc.constant(new RawJson('@@asked@@')) }, { weight: 1, arbitrary: id })
  .chain(requestId =>
    fc
      .constantFrom<{ readonly [key: string]: Json }>(
        { result: {} },
        { result: { action: 'accept', content: { ok: true } } },
        { result: { action: 'accept', content: { ok: 'no', days: 1e9, __proto__x: 1 } } },
        { result: { action: 'decline' } },
        { result: { action: 'shrug' } },
        { result: { role: 'assistant', content: { type: 'text', text: 'Hello.' }, model: 'm' } },
        { result: { role: 'assistant', content: [{ type: 'image' }], model: 1 } },
        { result: { roots: [{ uri: 'x' }] } },
        { result: { roots: [{ uri: 'file:///a', name: 'a' }] } },
        { error: { code: -1, message: 'no' } },
        { error: { code: 'x' } },
        { result: 1, error: 1 },
      )
      .map(
        (rest): Message => ({
          era: '2025',
          method: '',
          name: undefined,
          document: { jsonrpc: '2.0', id: requestId, ...rest },
        }),
      ),
  );

export function initializeWith(protocolVersion: string, abilities: Members): Message {
  const params = { protocolVersion, capabilities: abilities, clientInfo: { name: 'fuzz', version: '1' } };
  return {
    era: '2025',
    method: 'initialize',
    name: undefined,
    document: { jsonrpc: '2.0', id: 0, method: 'initialize', params },
  };
}

/** The first message of a client of 2025. */
export const initialize: fc.Arbitrary<Message> = fc
  .tuple(
    fc.constantFrom('2025-11-25', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2026-07-28', 'junk'),
    capabilities,
  )
  .map(([protocolVersion, abilities]) => initializeWith(protocolVersion, abilities));

/** Valid messages of every method of one era. */
export function messagesOf(era: Era): fc.Arbitrary<Message> {
  if (era === '2026') return fc.oneof({ weight: 12, arbitrary: modernRequest }, { weight: 1, arbitrary: notification });
  return fc.oneof(
    { weight: 16, arbitrary: legacyRequest },
    { weight: 1, arbitrary: initialize },
    { weight: 2, arbitrary: notification },
    { weight: 1, arbitrary: response },
  );
}
