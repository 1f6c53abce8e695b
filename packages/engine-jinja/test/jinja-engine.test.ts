import type { EngineHost, HandlerCall } from '@mxcp-ts/engine';
import type { Project, PromptDefinition } from '@mxcp-ts/project';
import { expect, test } from 'vitest';
import { createJinjaEngine } from '../src/index.ts';
import { callOf, describeFinding, promptOf, promptWith } from './prompt-fixture.ts';

const never: HandlerCall['ask'] = () => {
  throw new Error('Nothing is asked here.');
};

async function findingsOf(template: string | readonly string[], parameters: readonly string[] = []) {
  const prompt = promptOf(typeof template === 'string' ? [template] : template, parameters);
  const findings = await createJinjaEngine().check([prompt], {} as Project);
  return findings.map(describeFinding);
}

async function start(prompt: PromptDefinition) {
  const started = await createJinjaEngine().start([prompt], {} as EngineHost);
  const call = (args: Record<string, string>) => started.bind(prompt)(callOf(args, never));
  return { started, call };
}

test('gives the role and the content block of every message', async () => {
  const { started, call } = await start(promptOf(['Hello {{ who | title }}.', '{{ who }} it is.'], ['who']));
  expect(started.diagnostics).toEqual([]);
  expect(await call({ who: 'ann' })).toEqual({
    kind: 'ok',
    value: [
      { role: 'user', content: { type: 'text', text: 'Hello Ann.' } },
      { role: 'assistant', content: { type: 'text', text: 'ann it is.' } },
    ],
  });
});

test('a message can be an image, sound, a resource or a link, with templates in their addresses and texts', async () => {
  const prompt = promptWith(
    [
      { type: 'image', data: 'aW1n', mimeType: 'image/png' },
      { type: 'audio', data: 'd2F2', mimeType: 'audio/wav' },
      { type: 'resource', uri: 'notes://{{ id }}', mimeType: 'text/plain', text: 'Note {{ id }}.' },
      { type: 'resource', uri: 'notes://x', mimeType: undefined, text: '' },
      { type: 'resource_link', uri: 'file:///{{ id }}.md', name: '{{ id }}', mimeType: undefined },
    ],
    ['id'],
  );
  const { started, call } = await start(prompt);
  expect(started.diagnostics).toEqual([]);
  const result = await call({ id: '7' });
  expect(result.kind === 'ok' && result.value).toEqual([
    { role: 'user', content: { type: 'image', data: 'aW1n', mimeType: 'image/png' } },
    { role: 'user', content: { type: 'audio', data: 'd2F2', mimeType: 'audio/wav' } },
    {
      role: 'user',
      content: { type: 'resource', resource: { uri: 'notes://7', mimeType: 'text/plain', text: 'Note 7.' } },
    },
    { role: 'user', content: { type: 'resource', resource: { uri: 'notes://x', text: '' } } },
    { role: 'user', content: { type: 'resource_link', uri: 'file:///7.md', name: '{{ id }}' } },
  ]);
});

test('every template of a message is checked', async () => {
  const prompt = promptWith(
    [
      { type: 'resource', uri: 'n://{{ a }}', mimeType: undefined, text: '{{ b' },
      { type: 'resource_link', uri: 'n://{{ id | uper }}', name: '{{ c }}', mimeType: undefined },
    ],
    ['id'],
  );
  expect((await createJinjaEngine().check([prompt], {} as Project)).map(describeFinding)).toEqual([
    '1:8 prompt/unknown-variable <a> The variable "a" is not a parameter of this prompt. [Declare it under "parameters".]',
    '2:1 prompt/syntax <{{> "{{" is never closed. [Add }}.]',
    '3:13 prompt/unknown-filter <uper> The filter "uper" does not exist here. [Did you mean "upper"?]',
  ]);
});

test('a prompt that has a handler is left to its engine', async () => {
  const source = { language: 'sql', sql: { text: 'SELECT 1', spanOf: promptOf([]).locate.at } } as const;
  const prompt: PromptDefinition = { ...promptOf([]), source };
  expect(await createJinjaEngine().check([prompt], {} as Project)).toEqual([]);
  expect((await start(prompt)).started.diagnostics).toEqual([]);
});

test('a template that fails while it is filled in gives a failure, not a throw', async () => {
  const { call } = await start(promptOf(['{{ who | int // 0 }}'], ['who']));
  const { stack, ...error } = failureOf(await call({ who: '1' }));
  expect(error).toEqual({ type: 'RenderError', message: 'A division by zero has no result.', userMessage: undefined });
  expect(stack).toBeUndefined();
});

test('a macro that calls itself for ever is a failure too', async () => {
  const { call } = await start(promptOf(['{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}']));
  expect(failureOf(await call({})).type).toBe('RangeError');
});

test('a prompt with findings is started with them, and calling it says what is wrong', async () => {
  const { started, call } = await start(promptOf(['{{ whom }}'], ['who']));
  expect(started.diagnostics.map(describeFinding)).toEqual([
    '1:4 prompt/unknown-variable <whom> The variable "whom" is not a parameter of this prompt. [Did you mean "who"?]',
  ]);
  expect(failureOf(await call({ who: 'x' })).message).toBe('The variable "whom" is not a parameter of this prompt.');
});

test('reports unknown names of all messages, each at its place, a variable once', async () => {
  const messages = [
    'Fly from {{ origin }}\nto {{ destinaton }} and {{ destinaton }}.',
    '{{ origin | uper }} {{ city }}',
  ];
  expect(await findingsOf(messages, ['origin', 'destination'])).toEqual([
    '2:7 prompt/unknown-variable <destinaton> The variable "destinaton" is not a parameter of this prompt. [Did you mean "destination"?]',
    '3:13 prompt/unknown-filter <uper> The filter "uper" does not exist here. [Did you mean "upper"?]',
    '3:24 prompt/unknown-variable <city> The variable "city" is not a parameter of this prompt. [Declare it under "parameters".]',
  ]);
});

test.each([
  '{% for x, y in pairs %}{{ loop.index }}{{ x }}{{ y }}{% endfor %}',
  '{% for x in pairs if x > 1 %}{{ x }}{% endfor %}',
  '{% set a = 1 %}{{ a }}{% set ns = namespace(b=a) %}{% set ns.b = 2 %}{{ ns.b }}',
  '{% if pairs %}{% set z = 1 %}{% endif %}{{ z }}',
  '{% macro m(a, b=pairs) %}{{ a }}{{ b }}{{ m(1) }}{{ caller() }}{% endmacro %}{% call(u) m(1) %}{{ u }}{% endcall %}',
  '{{ range(3) }}{{ pairs | selectattr("anything", "eq", 1) }}{{ pairs.anything.at_all }}',
  '{{ {"key": pairs}.key }}{{ pairs[0] }}{{ pairs | join(d=", ") }}',
])('finds nothing wrong with %s', async template => {
  expect(await findingsOf(template, ['pairs'])).toEqual([]);
});

test.each([
  ['{% for x in xs %}{% endfor %}{{ x }}', '1:33 prompt/unknown-variable <x>'],
  ['{% for x in x %}{% endfor %}', '1:13 prompt/unknown-variable <x>'],
  ['{{ loop.index }}', '1:4 prompt/unknown-variable <loop>'],
  ['{{ a }}{% set a = 1 %}', '1:4 prompt/unknown-variable <a>'],
  ['{% macro m(a) %}{% endmacro %}{{ a }}', '1:34 prompt/unknown-variable <a>'],
  ['{{ xs | map(attribute=key) }}', '1:23 prompt/unknown-variable <key>'],
  ['{{ xs[index] }}', '1:7 prompt/unknown-variable <index>'],
  ['{{ "{{ inside }}" }}{# {{ comment }} #}{{ é }}', '1:43 prompt/unknown-variable <é>'],
  ['{{ xs is prime }}', '1:10 prompt/unknown-filter <prime>'],
  ['{{ xs | constructor }}', '1:9 prompt/unknown-filter <constructor>'],
  ['{{ xs | map("uper") }}', '1:9 prompt/unknown-filter'],
  ['{{ xs | select("prime") }}', '1:9 prompt/unknown-filter'],
  ['{{ xs.mro() }}', '1:7 prompt/unknown-filter <mro>'],
  ['{{ cycler(1) }}', '1:4 prompt/unknown-variable <cycler>'],
])('%s is a finding at %s', async (template, expected) => {
  const findings = await findingsOf(template, ['xs']);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.startsWith(expected)).toBe(true);
});

test.each([
  ['a\n{{ xs', '2:1 prompt/syntax <{{> "{{" is never closed. [Add }}.]'],
  ['{{ xs }', '1:1 prompt/syntax <{{> "{{" is never closed. [Add }}.]'],
  ['{# x', '1:1 prompt/syntax <{#> A comment is never closed. [Add #}.]'],
  ['{{ "x }}', '1:4 prompt/syntax <"> A text in quotes is never closed. [Add the closing ".]'],
  ['{% raw %}x', '1:1 prompt/syntax <{% raw %}> "raw" is never closed. [Add {% endraw %}.]'],
  ['a\n {% if xs %}b', '2:5 prompt/syntax <if> "if" is never closed. [Add {% endif %}.]'],
  ['{% for x in xs %}{% endif %}', '1:21 prompt/syntax <endif> "endif" does not close "for". [Use {% endfor %}.]'],
  ['{% endfor %}', '1:4 prompt/syntax <endfor> "endfor" closes nothing.'],
  ['{% else %}', '1:4 prompt/syntax <else> "else" stands outside of an "if".'],
  ['{% break %}', '1:4 prompt/syntax <break> "break" stands outside of a loop.'],
  ['{% fr x in xs %}', '1:4 prompt/syntax <fr> The tag "fr" does not exist. [Did you mean "for"?]'],
  ['{% %}', '1:4 prompt/syntax <%}> A tag begins with a word, as in {% if … %}.'],
  [
    '{% include "secret.txt" %}',
    '1:4 prompt/syntax <include> The tag "include" is not available in prompts. [A prompt cannot read other templates; write the text here.]',
  ],
  ['{{ }}', '1:4 prompt/syntax <}}> Something is missing before "}}".'],
  ['{{ xs yes }}', '1:7 prompt/syntax <yes> Unexpected "yes".'],
  ['{{ xs | }}', '1:9 prompt/syntax <}}> Something is missing before "}}".'],
  ['{{ (xs }}', '1:8 prompt/syntax <}}> Something is missing before "}}".'],
  ['{% if %}x{% endif %}', '1:7 prompt/syntax <%}> Something is missing before "%}".'],
  ['{% for x of xs %}{% endfor %}', '1:10 prompt/syntax <of> Unexpected "of".'],
  ['{{ xs ? 1 : 2 }}', '1:7 prompt/syntax <?> Unexpected "?".'],
  ['{{ xs is }}', '1:10 prompt/syntax <}}> The name of a test is missing after "is".'],
])('%s is a syntax error: %s', async (template, expected) => {
  expect(await findingsOf(template, ['xs'])).toEqual([expected]);
});

test('a prompt without messages is a finding', async () => {
  expect(await findingsOf([])).toEqual(['1:1 prompt/no-messages <> The prompt "p" has no messages. [Add one.]']);
});

function failureOf(result: Awaited<ReturnType<Awaited<ReturnType<typeof start>>['call']>>) {
  if (result.kind !== 'failed') throw new Error(`Expected a failure, not ${result.kind}.`);
  return result.error;
}
