import { expect, test } from 'vitest';
import { projectFolder } from '../project-folder.ts';
import { loadOne } from './load-one.ts';

test('messages are texts, pictures, sounds, resources and links', async () => {
  const yaml = `prompt:
  name: p
  title: Pea
  parameters: [{name: x, type: string}]
  messages:
    - {role: system, prompt: "Hi {{ x }}"}
    - {role: assistant, image: {file: ../art/icon.png}}
    - {audio: {data: "AAAA AAA=", mime_type: audio/wav}}
    - {resource: {uri: "shop://{{ x }}", text: "{{ x }}!", mime_type: text/plain}}
    - {link: {uri: "shop://{{ x }}", name: Shop}}
`;
  const { definition } = await loadOne('prompt', yaml, { 'art/icon.png': Buffer.from('iVBORw0KGgo=', 'base64') });
  const text = (written: string) => expect.objectContaining({ text: written });
  expect([definition.title, definition.source, definition.messages]).toEqual([
    'Pea',
    undefined,
    [
      { role: 'user', content: { type: 'text', template: text('Hi {{ x }}') } },
      { role: 'assistant', content: { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' } },
      { role: 'user', content: { type: 'audio', data: 'AAAAAAA=', mimeType: 'audio/wav' } },
      {
        role: 'user',
        content: {
          type: 'resource',
          uri: text('shop://{{ x }}'),
          mimeType: 'text/plain',
          text: text('{{ x }}!'),
        },
      },
      {
        role: 'user',
        content: { type: 'resource_link', uri: text('shop://{{ x }}'), name: 'Shop', mimeType: undefined },
      },
    ],
  ]);
  const [, , , embedded] = definition.messages;
  const span = embedded?.content.type === 'resource' ? embedded.content.text.spanOf(0, 7) : undefined;
  expect(span?.source.text.slice(span.start, span.end)).toBe('{{ x }}');
});

test('a handler may give the messages', async () => {
  const yaml = 'prompt: {name: p, language: typescript, max_rows: 5, source: {file: p.ts, function: ask}}\n';
  const { definition } = await loadOne('prompt', yaml, { 'prompts/p.ts': '' });
  expect([definition.messages, definition.maxRows, definition.source]).toEqual([
    [],
    5,
    {
      language: 'typescript',
      functionName: 'ask',
      file: { absolute: expect.stringMatching(/\/prompts\/p\.ts$/), relative: 'prompts/p.ts' },
    },
  ]);
});

test('the completions of a prompt that is dropped as a duplicate go with it', async () => {
  const prompt = (code: string) =>
    `prompt: {name: p, parameters: [{name: a, type: string, complete: {code: ${code}}}], messages: [{prompt: x}]}\n`;
  const files = { 'prompts/a.yml': prompt('select 1'), 'prompts/b.yml': prompt('select 2') };
  const { project, diagnostics } = await projectFolder(files).load();
  expect(diagnostics.map(({ code }) => code)).toEqual(['project/duplicate-name']);
  expect(project?.endpoints.map(({ id, file }) => `${id} ${file.path}`)).toEqual([
    'prompt:p prompts/a.yml',
    'completion:prompt:p#a prompts/a.yml',
  ]);
});
