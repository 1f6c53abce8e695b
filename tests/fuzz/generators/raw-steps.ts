import fc from 'fast-check';
import type { RawStep } from '../step.ts';
import { byteMutation, mutateBytes } from './mutate-bytes.ts';

const message = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const fields = 'Host: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n';
const head = `POST /mcp HTTP/1.1\r\n${fields}`;
const good = `${head}Content-Length: ${message.length}\r\n\r\n${message}`;
const chunk = `${message.length.toString(16)}\r\n${message}\r\n`;

const requestLines: readonly string[] = [
  'POST /mcp HTTP/1.1',
  'POST /mcp HTTP/1.0',
  'POST /mcp HTTP/0.9',
  'POST /mcp HTTP/2.0',
  'POST /mcp HTTP/9.9',
  'POST /mcp',
  'POST  /mcp  HTTP/1.1',
  'POST\t/mcp\tHTTP/1.1',
  ' POST /mcp HTTP/1.1',
  'post /mcp HTTP/1.1',
  'BREW /mcp HTTP/1.1',
  'POST /mcp HTTP/1.1 extra',
  'POST /m\x00cp HTTP/1.1',
  'POST /m\xffcp HTTP/1.1',
  'POST /m cp HTTP/1.1',
  'POST mcp HTTP/1.1',
  'POST http://localhost/mcp HTTP/1.1',
  'POST http://[::1 HTTP/1.1',
  'CONNECT localhost:80 HTTP/1.1',
  'CONNECT /mcp HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  `POST /${'x'.repeat(20_000)} HTTP/1.1`,
  'GET / HTTP/1.1\nHost: localhost\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  '',
];

const bodies: readonly string[] = [
  `Content-Length: ${message.length}\r\n\r\n${message}`,
  `Content-Length: ${message.length + 10}\r\n\r\n${message}`,
  `Content-Length: ${message.length - 10}\r\n\r\n${message}`,
  `Content-Length: -1\r\n\r\n${message}`,
  `Content-Length: 0x28\r\n\r\n${message}`,
  `Content-Length: 99999999999999999999\r\n\r\n${message}`,
  `Content-Length: ${message.length}, ${message.length}\r\n\r\n${message}`,
  `Content-Length: ${message.length}\r\nContent-Length: 5\r\n\r\n${message}`,
  `Content-Length: \r\n\r\n${message}`,
  `Content-Length: ${message.length}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\n${chunk}`,
  `Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\nTrailer: x\r\n__proto__: y\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\nzz\r\n${message}\r\n0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n${message}\r\n0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\n5\r\n${message}\r\n0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\n${message.length.toString(16)};ext=${'e'.repeat(18_000)}\r\n${message}\r\n0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n\r\n${'1\r\n{\r\n'.repeat(500)}0\r\n\r\n`,
  `Transfer-Encoding: gzip, chunked\r\n\r\n${chunk}0\r\n\r\n`,
  `Transfer-Encoding: chunked, identity\r\n\r\n${chunk}0\r\n\r\n`,
  `Transfer-Encoding: xchunked\r\n\r\n${chunk}0\r\n\r\n`,
  `Expect: 100-continue\r\nContent-Length: ${message.length}\r\n\r\n`,
  `Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `X-Folded: a\r\n b\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `No colon here\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `: no name\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `Space : x\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `Nul: \x00\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `X: ${'y'.repeat(70_000)}\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
  `${Array.from({ length: 2_100 }, (_, at) => `h${at}: v\r\n`).join('')}Content-Length: ${message.length}\r\n\r\n${message}`,
  `Content-Length: ${message.length}\n\n${message}`,
  'X-Unfinished: ',
  '',
];

/** Where the bytes are cut in two, as a part of the whole; 1: not at all. */
const cut = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));

const request = fc
  .tuple(fc.constantFrom(...requestLines, 'POST /mcp HTTP/1.1', 'POST /mcp HTTP/1.1'), fc.constantFrom(...bodies))
  .map(([line, body]) => Buffer.from(`${line}\r\n${fields}${body}`, 'latin1'));

const damaged = fc
  .array(byteMutation, { minLength: 1, maxLength: 4 })
  .map(mutations => mutateBytes(Buffer.from(good), mutations));

const stopped = fc
  .double({ min: 0, max: 1, noNaN: true })
  .map(part => Buffer.from(good.slice(0, Math.floor(part * good.length))));

const pipelined = fc
  .tuple(
    fc.integer({ min: 2, max: 20 }),
    fc.constantFrom('', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'garbage\r\n\r\n', good.slice(0, 90)),
  )
  .map(([times, last]) => Buffer.from(good.repeat(times) + last));

const noise = fc.uint8Array({ minLength: 1, maxLength: 300 }).map(bytes => Buffer.from(bytes));

/** What is no request, or half of one, or several. */
export const rawStep: fc.Arbitrary<RawStep> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: request },
      { weight: 3, arbitrary: damaged },
      { weight: 1, arbitrary: stopped },
      { weight: 1, arbitrary: pipelined },
      { weight: 1, arbitrary: noise },
    ),
    cut,
  )
  .map(([bytes, part]) => {
    const place = Math.floor(part * bytes.length);
    return { kind: 'raw', parts: [bytes.subarray(0, place), bytes.subarray(place)].filter(({ length }) => length > 0) };
  });
