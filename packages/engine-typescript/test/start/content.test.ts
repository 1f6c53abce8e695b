import { expect, test } from 'vitest';
import { withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();

test('content blocks, bytes and meta of a result reach the host', async () => {
  const { call } = await startTestEngine(
    {
      'tools/show.ts': `
        import { content } from 'mxcp-ts/runtime';
        export const block = () => content.link({ uri: 'a://b', name: 'b' });
        export const mixed = async () => ['see', content.text('this')];
        export const beside = () => content.result({ n: 1 }, [content.text('one')], { meta: { took: 2 } });
        export const bytes = () => new Uint8Array([1, 2]);
        export const nested = () => ({ rows: [content.text('one')] });
      `,
    },
    ['block', 'mixed', 'beside', 'bytes', 'nested'].map(name => ({ name, file: 'tools/show.ts' })),
  );
  expect(await call('block')).toEqual({
    kind: 'ok',
    value: undefined,
    content: [{ type: 'resource_link', uri: 'a://b', name: 'b' }],
  });
  expect(await call('mixed')).toEqual({
    kind: 'ok',
    value: undefined,
    content: [
      { type: 'text', text: 'see' },
      { type: 'text', text: 'this' },
    ],
  });
  expect(await call('beside')).toEqual({
    kind: 'ok',
    value: { n: 1 },
    content: [{ type: 'text', text: 'one' }],
    meta: { took: 2 },
  });
  expect(await call('bytes')).toEqual({ kind: 'ok', value: 'AQI=', isBytes: true });
  expect(await call('nested')).toMatchObject({
    kind: 'failed',
    error: {
      message:
        'The result, at /rows/0, holds a content block, which has no place inside of a value. ' +
        'Return a block, an array of blocks, or content.result(value, [blocks]).',
    },
  });
});

test('blocks are known in CommonJS files, which have a copy of the runtime of their own', async () => {
  const { call } = await startTestEngine(
    {
      'tools/old.cjs': `
        const { content, elicit, ClientCannotError } = require('mxcp-ts/runtime');
        exports.old = () => content.text('old');
        exports.ask = () => elicit('a', 'A?', { type: 'object', properties: {} })
          .catch(error => error instanceof ClientCannotError && error.message);
      `,
    },
    ['old', 'ask'].map(name => ({ name, file: 'tools/old.cjs' })),
  );
  expect(await call('old')).toEqual({ kind: 'ok', value: undefined, content: [{ type: 'text', text: 'old' }] });
  expect(await call('ask')).toEqual({ kind: 'ok', value: 'This client cannot be asked.' });
});

test('a prompt and a completion have a handler: the only export of their file, or the one that is named', async () => {
  const { call } = await startTestEngine(
    {
      'prompts/brief.ts': `
        import { content } from 'mxcp-ts/runtime';
        export const anyName = ({ topic }) => [
          { role: 'user', content: 'About ' + topic },
          { role: 'assistant', content: content.text('Well') },
        ];
      `,
      'prompts/complete.ts': `
        export const topics = ({ value }) => ['rain', 'sun'].filter(topic => topic.startsWith(value));
        export const other = () => [];
      `,
    },
    [
      { kind: 'prompt', name: 'brief', file: 'prompts/brief.ts' },
      { kind: 'completion', name: 'brief/topic', file: 'prompts/complete.ts', function: 'topics' },
    ],
  );
  expect(await call('brief', { topic: 'rain' })).toEqual({
    kind: 'ok',
    value: [
      { role: 'user', content: 'About rain' },
      { role: 'assistant', content: { type: 'text', text: 'Well' } },
    ],
  });
  expect(await call('brief/topic', { value: 's' })).toEqual({ kind: 'ok', value: ['sun'] });
});
