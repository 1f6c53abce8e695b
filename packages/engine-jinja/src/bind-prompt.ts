import type { Environment } from '@huggingface/jinja';
import type { BoundHandler, HandlerFailure, HandlerResult } from '@mxcp-ts/engine';
import type { PromptDefinition } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import { render } from './render/render.ts';
import type { Node } from './template/ast.narrow.ts';
import { compile } from './template/compile.ts';
import { parseTemplate } from './template/parse-template.ts';

interface CompiledMessage {
  readonly role: string;
  readonly tree: Node;
}

/** A handler whose value is the messages of the prompt, `[{ role, text }]`. Parses here, once; `checkPrompt` must find nothing. */
export function bindPrompt(prompt: PromptDefinition, globals: Environment): BoundHandler {
  const messages = prompt.messages.flatMap(({ role, content }): CompiledMessage[] => {
    if (content.type !== 'text') return [];
    const parsed = parseTemplate(content.template.text);
    if (!parsed.ok) throw new Error(parsed.fault.message);
    return [{ role, tree: compile(parsed.tree) }];
  });
  return async ({ args }) => renderMessages(messages, args, globals);
}

function renderMessages(messages: readonly CompiledMessage[], args: JsonObject, globals: Environment): HandlerResult {
  try {
    return { kind: 'ok', value: messages.map(({ role, tree }) => ({ role, text: render(tree, args, globals) })) };
  } catch (error) {
    return { kind: 'failed', error: failureOf(error) };
  }
}

function failureOf(error: unknown): HandlerFailure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { type: name, message, stack, userMessage: undefined };
}
