import fc from 'fast-check';
import { writeJson } from './json-text.ts';
import { type Era, messagesOf } from './messages.ts';
import { byteMutation, mutateBytes } from './mutate-bytes.ts';
import { mutateDocument, mutation } from './mutate-document.ts';

const newline = 0x0a;

/** One line as a client writes it, the line break left out. */
export function stdioLine(era: Era): fc.Arbitrary<Buffer> {
  const message = messagesOf(era);
  const valid = message.map(({ document }) => Buffer.from(writeJson(document)));
  const mutated = fc
    .tuple(message, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([{ document }, mutations]) => Buffer.from(writeJson(mutateDocument(document, mutations))));
  const damaged = fc
    .tuple(valid, fc.array(byteMutation, { minLength: 1, maxLength: 3 }))
    .map(([bytes, mutations]) => mutateBytes(bytes, mutations));
  const batch = fc
    .array(message, { maxLength: 5 })
    .map(all => Buffer.from(writeJson(all.map(({ document }) => document))));
  const noise = fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes));
  const spaces = fc.constantFrom('', ' ', '\r', '\t\r', '\u00a0', '\uFEFF').map(text => Buffer.from(text));
  const headers = fc.constant(Buffer.from('Content-Length: 2\r'));
  const long = fc
    .constantFrom(0.5, 4.1, 9)
    .map(mebibytes => Buffer.from(`{"jsonrpc":"2.0","id":1,"x":"${'x'.repeat(mebibytes * 1024 * 1024)}"}`));
  return fc
    .oneof(
      { weight: 100, arbitrary: valid },
      { weight: 200, arbitrary: mutated },
      { weight: 60, arbitrary: damaged },
      { weight: 15, arbitrary: batch },
      { weight: 30, arbitrary: noise },
      { weight: 10, arbitrary: spaces },
      { weight: 5, arbitrary: headers },
      { weight: 1, arbitrary: long },
    )
    .map(line => line.filter(byte => byte !== newline))
    .map(line => Buffer.from(line));
}
