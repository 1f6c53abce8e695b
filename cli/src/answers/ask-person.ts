import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InputRequest } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { renderBlock } from '../output/content-blocks.ts';
import { sampledText } from './answer-shapes.ts';
import { askForm, askYesNo } from './ask-form.ts';
import type { Prompter } from './prompter.ts';

/**
 * Puts a question of a handler to a person; undefined when there is no answer.
 *
 * @param cwd - where paths of folders start
 */
export async function askPerson(
  request: InputRequest,
  prompter: Prompter,
  cwd: string,
): Promise<JsonValue | undefined> {
  switch (request.method) {
    case 'elicitation/create': {
      const { params } = request;
      prompter.show(params.message);
      if (params.mode !== 'url') return await askForm(params.requestedSchema, prompter);
      prompter.show(`  ${params.url}`);
      return { action: await askYesNo('  Do you go there? (yes or no): ', prompter) };
    }
    case 'sampling/createMessage':
      return await askSample(request.params, prompter);
    case 'roots/list':
      return await askRoots(prompter, cwd);
  }
}

async function askSample({ systemPrompt, messages }: JsonObject, prompter: Prompter): Promise<JsonValue | undefined> {
  prompter.show('The handler asks a model:');
  if (typeof systemPrompt === 'string') prompter.show(`  system: ${systemPrompt}`);
  for (const message of Array.isArray(messages) ? messages : []) {
    const { role, content } = asObject(message);
    const blocks = Array.isArray(content) ? content : [content];
    prompter.show(`  ${String(role)}: ${blocks.map(block => renderBlock(asObject(block))).join('\n')}`);
  }
  prompter.show('What does it say? An empty line ends the answer.');
  const lines = await askLines(prompter);
  return lines.length === 0 ? undefined : sampledText(lines.join('\n'));
}

async function askRoots(prompter: Prompter, cwd: string): Promise<JsonValue | undefined> {
  prompter.show('The handler asks which folders you work on: one per line, an empty line ends the list.');
  const lines = await askLines(prompter);
  const uriOf = (line: string) =>
    /^[a-z][a-z\d+.-]*:\/\//i.test(line) ? line : pathToFileURL(resolve(cwd, line)).href;
  return { roots: lines.map(line => ({ uri: uriOf(line.trim()) })) };
}

async function askLines(prompter: Prompter): Promise<readonly string[]> {
  const lines: string[] = [];
  for (;;) {
    const line = await prompter.ask('> ');
    if (line === undefined || line.trim() === '') return lines;
    lines.push(line);
  }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
