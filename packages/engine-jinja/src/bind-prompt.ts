import type { Environment } from '@huggingface/jinja';
import type { BoundHandler, ContentBlock, HandlerResult } from '@mxcp-ts/engine';
import type { PromptContent, PromptDefinition } from '@mxcp-ts/project';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { compileText, failureOf } from './compile-text.ts';

/** What one message says, for the arguments of a call: a content block as JSON. */
type ContentRenderer = (args: JsonObject) => ContentBlock & JsonValue;

interface CompiledMessage {
  readonly role: string;
  readonly render: ContentRenderer;
}

/**
 * A handler whose value is the messages of the prompt, `[{ role, content }]`, each content a `ContentBlock`. Parses here,
 * once; `checkPrompt` must find nothing.
 */
export function bindPrompt(prompt: PromptDefinition, globals: Environment): BoundHandler {
  const messages = prompt.messages.map(
    ({ role, content }): CompiledMessage => ({ role, render: compileContent(content, globals) }),
  );
  return async ({ args }) => renderMessages(messages, args);
}

function compileContent(content: PromptContent, globals: Environment): ContentRenderer {
  switch (content.type) {
    case 'text': {
      const text = compileText(content.template, globals);
      return args => ({ type: 'text', text: text(args) });
    }
    case 'image':
    case 'audio': {
      const { type, data, mimeType } = content;
      return () => ({ type, data, mimeType });
    }
    case 'resource': {
      const [uri, text] = [compileText(content.uri, globals), compileText(content.text, globals)];
      const type = typeOf(content);
      return args => ({ type: 'resource', resource: { uri: uri(args), ...type, text: text(args) } });
    }
    case 'resource_link': {
      const uri = compileText(content.uri, globals);
      const { name } = content;
      const type = typeOf(content);
      return args => ({ type: 'resource_link', uri: uri(args), name, ...type });
    }
  }
}

function typeOf({ mimeType }: { readonly mimeType: string | undefined }) {
  return mimeType === undefined ? {} : { mimeType };
}

function renderMessages(messages: readonly CompiledMessage[], args: JsonObject): HandlerResult {
  try {
    return { kind: 'ok', value: messages.map(({ role, render }) => ({ role, content: render(args) })) };
  } catch (error) {
    return { kind: 'failed', error: failureOf(error) };
  }
}
