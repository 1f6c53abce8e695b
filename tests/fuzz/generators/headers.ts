import fc from 'fast-check';
import type { HeaderLine } from '../step.ts';
import type { Message } from './messages.ts';

export interface HeaderMutation {
  readonly at: number;
  readonly kind: 'remove' | 'replace' | 'repeat' | 'encode' | 'add' | 'shout' | 'pad';
  readonly line: HeaderLine;
}

const values: readonly string[] = [
  '',
  ' ',
  'null',
  '2026-07-28',
  '2025-11-25',
  '2024-11-05',
  '2031-01-01',
  'tools/call',
  'tools/list',
  'ts_echo',
  'no such tool',
  '=?base64?dHNfZWNobw==?=',
  '=?base64?*?=',
  '=?base64?=?=',
  '=?base64?/w==?=',
  '\xff\xfe',
  '\xc3\xbc',
  'a,b',
  '*/*',
  'text/html',
  'application/json',
  'application/json; charset=utf-16',
  'text/event-stream',
  'application/json;q=0',
  '@@session@@',
  '@@event@@',
  '__proto__',
];

const strangeLines: readonly HeaderLine[] = [
  ['Origin', 'http://localhost:3000'],
  ['Origin', 'https://evil.example'],
  ['Origin', 'null'],
  ['Origin', 'http://'],
  ['Host', 'evil.example'],
  ['Host', 'localhost@evil.example'],
  ['Host', ''],
  ['Mcp-Session-Id', '@@session@@'],
  ['Mcp-Session-Id', 'not-a-session'],
  ['Mcp-Session-Id', '__proto__'],
  ['Mcp-Param-Text', 'x'],
  ['Mcp-Param-Region', '=?base64?w7w=?='],
  ['Mcp-Param-', 'x'],
  ['Mcp-Method', 'tools/list'],
  ['Mcp-Name', 'py_echo'],
  ['MCP-Protocol-Version', '2025-06-18'],
  ['Last-Event-ID', '@@event@@'],
  ['Last-Event-ID', '-1'],
  ['Last-Event-ID', '\xff'],
  ['Content-Encoding', 'gzip'],
  ['Content-Type', 'application/json'],
  ['Accept-Encoding', 'gzip, br'],
  ['Expect', '100-continue'],
  ['Expect', 'the unexpected'],
  ['Upgrade', 'websocket'],
  ['Connection', 'close'],
  ['Connection', 'upgrade'],
  ['Authorization', 'Bearer x'],
  ['Authorization', 'Basic ='],
  ['Cookie', 'a=b; __proto__=c'],
  ['Forwarded', 'for=x;host=evil.example'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Http-Method-Override', 'DELETE'],
  ['Range', 'bytes=0-1'],
  ['If-None-Match', '*'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['X-Long', 'x'.repeat(8_000)],
  ['X-Longer', 'x'.repeat(20_000)],
];

export const headerMutation: fc.Arbitrary<HeaderMutation> = fc.record({
  at: fc.nat({ max: 12 }),
  kind: fc.constantFrom('remove', 'replace', 'replace', 'repeat', 'encode', 'add', 'add', 'shout', 'pad'),
  line: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...strangeLines) },
    { weight: 2, arbitrary: fc.constantFrom(...values).map((value): HeaderLine => ['X-Any', value]) },
  ),
});

/** The headers that a well-behaved client sends with a message. */
export function headersOf({ era, method, name }: Message): readonly HeaderLine[] {
  const common: HeaderLine[] = [
    ['Host', 'localhost'],
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json, text/event-stream'],
  ];
  if (era === '2025')
    return method === 'initialize'
      ? common
      : [...common, ['MCP-Protocol-Version', '2025-11-25'], ['Mcp-Session-Id', '@@session@@']];
  const named: HeaderLine[] = name === undefined ? [] : [['Mcp-Name', headerText(name)]];
  return [...common, ['MCP-Protocol-Version', '2026-07-28'], ['Mcp-Method', method], ...named];
}

export function mutateHeaders(
  lines: readonly HeaderLine[],
  mutations: readonly HeaderMutation[],
): readonly HeaderLine[] {
  return mutations.reduce(mutateOnce, lines);
}

function mutateOnce(lines: readonly HeaderLine[], { at, kind, line }: HeaderMutation): readonly HeaderLine[] {
  if (kind === 'add') return [...lines, line];
  return lines.flatMap((each, index) => (index === at % lines.length ? changed(each, kind, line[1]) : [each]));
}

function changed(
  [name, value]: HeaderLine,
  kind: Exclude<HeaderMutation['kind'], 'add'>,
  other: string,
): readonly HeaderLine[] {
  switch (kind) {
    case 'remove':
      return [];
    case 'replace':
      return [[name, other]];
    case 'repeat':
      return [
        [name, value],
        [name, other],
      ];
    case 'encode':
      return [[name, `=?base64?${Buffer.from(value, 'latin1').toString('base64')}?=`]];
    case 'shout':
      return [[name.toUpperCase(), value.toUpperCase()]];
    case 'pad':
      return [[name, `  ${value}\t`]];
  }
}

/** As the revision of 2026 writes what a header cannot hold. */
function headerText(text: string): string {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text)
    ? text
    : `=?base64?${Buffer.from(text).toString('base64')}?=`;
}
