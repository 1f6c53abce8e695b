import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { createRequestGuard, type GuardOptions } from '../src/request-guard.ts';

const local: GuardOptions = { host: '127.0.0.1', allowedHosts: [], allowedOrigins: [] };
const open: GuardOptions = { host: '0.0.0.0', allowedHosts: [], allowedOrigins: [] };

function judge(options: GuardOptions, headers: IncomingMessage['headers']): 'allowed' | 403 | 421 {
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
  const verdict = createRequestGuard(options)({ headers, rawHeaders } as unknown as IncomingMessage);
  return verdict.allowed ? 'allowed' : verdict.status;
}

test.each<[string, GuardOptions, 'allowed' | 421]>([
  ['localhost', local, 'allowed'],
  ['LOCALHOST:8000', local, 'allowed'],
  ['127.0.0.1:1234', local, 'allowed'],
  ['[::1]:8000', local, 'allowed'],
  ['evil.example', local, 421],
  ['localhost.evil.example', local, 421],
  ['127.0.0.1.evil.example', local, 421],
  ['localhost@evil.example', local, 421],
  ['192.168.1.7:8000', local, 421],
  ['', local, 421],
  ['a b', local, 421],
  ['192.168.1.7:8000', open, 'allowed'],
  ['[2001:db8::1]:8000', open, 'allowed'],
  ['mcp.example.com', open, 421],
  ['mcp.example.com:8443', { ...open, allowedHosts: ['mcp.example.com'] }, 'allowed'],
  ['mcp.example.com:8443', { ...open, allowedHosts: ['MCP.example.com:8443'] }, 'allowed'],
  ['mcp.example.com:80', { ...open, allowedHosts: ['mcp.example.com:8443'] }, 421],
  ['anything', { ...open, allowedHosts: ['*'] }, 'allowed'],
  ['box.lan:8000', { ...open, host: 'box.lan' }, 'allowed'],
])('Host "%s" with %j is %s', (host, options, expected) => {
  expect(judge(options, { host })).toBe(expected);
});

test.each<[string, GuardOptions, 'allowed' | 403]>([
  ['http://localhost:6274', local, 'allowed'],
  ['http://127.0.0.1:3000', local, 'allowed'],
  ['http://[::1]:3000', local, 'allowed'],
  ['null', local, 403],
  ['null', { ...local, allowedOrigins: ['*'] }, 403],
  ['', local, 403],
  ['https://evil.example', local, 403],
  ['http://localhost.evil.example', local, 403],
  ['chrome-extension://localhost', local, 403],
  ['https://app.example.com', { ...local, allowedOrigins: ['https://app.example.com/'] }, 'allowed'],
  ['http://app.example.com', { ...local, allowedOrigins: ['https://app.example.com'] }, 403],
  ['https://anything.example', { ...local, allowedOrigins: ['*'] }, 'allowed'],
])('Origin "%s" with %j is %s', (origin, options, expected) => {
  expect(judge(options, { host: '127.0.0.1:8000', origin })).toBe(expected);
});

test('beyond loopback a page of this very server may call it, one on a visitor machine may not', () => {
  const host = '192.168.1.7:8000';
  expect(judge(open, { host, origin: 'http://192.168.1.7:8000' })).toBe('allowed');
  expect(judge(open, { host, origin: 'http://192.168.1.7:9000' })).toBe(403);
  expect(judge(open, { host, origin: 'http://localhost:3000' })).toBe(403);
});
