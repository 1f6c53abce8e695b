import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { EmbeddedText } from '../definition.ts';

/** Reports what no value of its Jinja parts could make a URI: no scheme, or characters that none has. */
export function checkMessageUri({ text, spanOf }: EmbeddedText, report: ReportDiagnostic): void {
  // Of the same length, so that offsets stay what they are; a private character stands for what is not known.
  const known = text.replace(/\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}/gs, part => unknown.repeat(part.length));
  if (!/^[A-Za-z\uE000][A-Za-z\d+.\-\uE000]*(?::|\uE000)/.test(known)) {
    const hint = 'Start with a scheme and a colon: notes://7.';
    report(diagnostic('prompt/bad-uri', 'The URI has no scheme.', spanOf(0, text.length), hint));
    return;
  }
  const stray = /[\s\p{Cc}<>"\\^`{|}]/u.exec(known);
  if (stray === null) return;
  const message = 'A URI holds no spaces, control characters, quotes or < > \\ ^ { | }.';
  const span = spanOf(stray.index, stray.index + 1);
  report(diagnostic('prompt/bad-uri', message, span, 'Write them percent-encoded.'));
}

const unknown = '\uE000';
