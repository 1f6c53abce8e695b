import type { Environment } from '@huggingface/jinja';
import type { HandlerFailure } from '@mxcp-ts/engine';
import type { EmbeddedText } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import { RenderError } from './language/value.ts';
import { render } from './render/render.ts';
import { compile } from './template/compile.ts';
import { parseTemplate } from './template/parse-template.ts';

/** Fills a template in. Throws any error the template runs into. */
export type TextRenderer = (args: JsonObject) => string;

/** Parses once; `checkTemplate` must find nothing. */
export function compileText({ text }: EmbeddedText, globals: Environment): TextRenderer {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(parsed.fault.message);
  const tree = compile(parsed.tree);
  return args => render(tree, args, globals);
}

/** How a handler fails whose template ran into an error. */
export function failureOf(error: unknown): HandlerFailure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  // The frames of a mistake in a template are ours, and tell its author nothing.
  return { type: name, message, stack: error instanceof RenderError ? undefined : stack, userMessage: undefined };
}
