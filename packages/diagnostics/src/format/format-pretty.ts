import { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostic.ts';
import { codeFrame } from './code-frame.ts';
import { placeOf } from './format-line.ts';

/** For a person at a terminal: the place, a frame of code with the spot marked, what is wrong and what to do. */
export function formatPretty(diagnostics: readonly Diagnostic[], { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  return diagnostics
    .map(({ code, severity, message, span, hint }) => {
      const shade = severity === 'error' ? 'red' : 'yellow';
      const heading = [
        span === undefined ? undefined : paint('bold', placeOf(span)),
        paint(shade, severity),
        paint('dim', code),
      ];
      const frame =
        span === undefined
          ? []
          : codeFrame(span, { dim: text => paint('dim', text), mark: text => paint(shade, text) });
      return [
        heading.filter(part => part !== undefined).join('  '),
        ...frame,
        ...indent(message),
        ...(hint === undefined
          ? []
          : indent(hint).map((line, index) =>
              index === 0 ? `  ${paint('cyan', 'hint:')} ${line.trimStart()}` : line,
            )),
        '',
        '',
      ].join('\n');
    })
    .join('');
}

type Shade = Parameters<typeof styleText>[0];
type Paint = (shade: Shade, text: string) => string;

function painter(color: boolean): Paint {
  return (shade, text) => (color ? styleText(shade, text, { validateStream: false }) : text);
}

function indent(text: string): string[] {
  return text.split('\n').map(line => `  ${line}`);
}
