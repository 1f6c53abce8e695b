import { expect, test } from 'vitest';
import { AnswerParser } from './driver/answer-parser.ts';
import { checkAnswer } from './invariants/check-answer.ts';
import { idsOf } from './invariants/check-message.ts';
import { createLeaks } from './invariants/leaks.ts';
import { findInLog } from './invariants/log.ts';

const leaks = createLeaks(['/home/someone/project']);

/** What is wrong with an answer to the request 7, or to a damaged one. */
function problemsOf(
  status: string,
  body: string,
  { sent = '{"id":7}', type = 'application/json' } = {},
): readonly string[] {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const [answer] = new AnswerParser().push(Buffer.from(head + body));
  if (answer === undefined) throw new Error('The parser saw no answer.');
  return checkAnswer(
    { sent: Buffer.from(sent), body: Buffer.from(sent), ids: idsOf(sent), isOfMcp: true, isHead: false },
    answer,
    leaks,
  );
}

const message = (rest: object) => JSON.stringify({ jsonrpc: '2.0', id: 7, ...rest });
const error = (text: string) => message({ error: { code: -32_602, message: text } });

test('an answer as it should be has no problem', () => {
  expect(problemsOf('200 OK', message({ result: {} }))).toEqual([]);
  expect(problemsOf('400 Bad Request', error('The cursor is not valid.'))).toEqual([]);
  expect(problemsOf('503 Busy\r\nretry-after: 5', error('All sessions are in use.'))).toEqual([]);
  const events = `id: 1\ndata: \n\nevent: message\ndata: ${message({ result: {} })}\n\n`;
  expect(problemsOf('200 OK', events, { type: 'text/event-stream' })).toEqual([]);
});

test.each([
  ['500 Oops', error('no'), 'The status 500 is not documented.'],
  ['503 Busy', error('no'), '503 comes without Retry-After.'],
  ['200 OK', '{"jsonrpc":"2.0"', 'A body is not valid JSON.'],
  ['200 OK', '{}', 'An answer is no message of JSON-RPC 2.0.'],
  ['200 OK', '[]', 'An answer is an empty list.'],
  ['200 OK', message({}), 'An answer has neither result nor error.'],
  ['200 OK', message({ id: 8, result: {} }), 'An answer has the id 8, which nobody sent.'],
  ['200 OK', message({ id: '7', result: {} }), 'An answer has the id "7", which nobody sent.'],
  ['200 OK', message({ result: 1 }), 'A result is no mapping.'],
  ['200 OK', message({ error: { code: 'x', message: 'no' } }), 'An error has no code.'],
  ['200 OK', message({ error: { code: 1, message: '' } }), 'An error has no message.'],
  ['200 OK', error('Internal error (incident 0a).'), 'The server has a defect: Internal error (incident 0a).'],
])('%s %s: %s', (status, body, problem) => {
  expect(problemsOf(status, body)).toEqual([problem]);
});

test.each([
  ['token mxleak-config-secret', 'mxleak'],
  ['in /home/someone/project/tools', '/home/someone/project'],
  ['RangeError: too much', 'RangeError'],
  ['Conversion Error: Could not convert', 'Conversion Error:'],
  ['    at run (x)', 'at run ('],
  ['Traceback (most recent call last)', 'Traceback'],
  ['handlers.py:7', 'handlers.py:7'],
  ['node:internal', 'node:internal'],
])('"%s" gives something away, unless the client sent it', (text, leak) => {
  expect(problemsOf('400 No', error(text))).toEqual([`The answer gives away ${JSON.stringify(leak)}.`]);
  expect(problemsOf('400 No', error(text), { sent: `{"id":7,"x":${JSON.stringify(text)}}` })).toEqual(
    text.startsWith('in /') ? ['The answer gives away "/home/someone/project".'] : [],
  );
});

test('answers are read from any pieces, and what is no HTTP is found', () => {
  const parser = new AnswerParser();
  const bytes = Buffer.from(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n',
  );
  const answers = [...bytes].flatMap(byte => parser.push(Buffer.of(byte)));
  expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual([[200, 'abc']]);
  expect(() => parser.push(Buffer.from('<html>'))).toThrow('An answer begins with "<html>".');
});

test('a log is searched for defects and secrets', () => {
  const log =
    'WARNING MCP: Not Acceptable\nERROR Internal error (incident 1).\nINFO token: hush\n(node:1) MaxListenersExceededWarning: x';
  expect(findInLog(log, ['hush'])).toEqual(log.split('\n').slice(1));
});
