import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { EmbeddedText } from '@mxcp-ts/project';
import { inspectNames, type KnownNames } from './template/inspect.ts';
import { parseTemplate } from './template/parse-template.ts';

/** Everything that is wrong with a template, each at its own place in the file. */
export function checkTemplate(template: EmbeddedText, known: KnownNames): readonly Diagnostic[] {
  const parsed = parseTemplate(template.text);
  if (!parsed.ok) {
    const { message, hint, start, end } = parsed.fault;
    return [diagnostic('prompt/syntax', message, template.spanOf(start, end), hint)];
  }
  return inspectNames(parsed.tree, known).map(({ code, message, hint, start, end }) =>
    diagnostic(code, message, template.spanOf(start, end), hint),
  );
}
