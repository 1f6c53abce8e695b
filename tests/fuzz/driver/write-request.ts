import type { HttpStep } from '../step.ts';

/** A request as it goes over the wire; its framing is right, whatever the rest of it is. */
export function writeRequest({ method, path, headers, body, isChunked }: HttpStep): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = (framing: string) => Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}${framing}\r\n`, 'latin1');
  if (body === undefined) return head('');
  if (!isChunked) return Buffer.concat([head(`Content-Length: ${body.length}\r\n`), body]);
  const middle = Math.floor(body.length / 2);
  const chunks = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0);
  const framed = chunks.flatMap(chunk => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
  return Buffer.concat([head('Transfer-Encoding: chunked\r\n'), ...framed, Buffer.from('0\r\n\r\n')]);
}
