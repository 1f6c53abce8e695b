import { type ReportDiagnostic, SourceFile } from '@mxcp-ts/diagnostics';

/**
 * Reports findings in one file with a copy of its text that keeps the names of keys, line breaks and every column, and
 * nothing else: a code frame shows whole lines, also the one before, and in a user config those hold secrets.
 *
 * @param path - as findings show it
 */
export function hideValues(path: string, report: ReportDiagnostic): ReportDiagnostic {
  let hidden: SourceFile | undefined;
  return finding => {
    const { span } = finding;
    if (span === undefined || span.source.path !== path) return report(finding);
    if (hidden === undefined || hidden.text.length !== span.source.text.length) {
      hidden = new SourceFile(path, withoutValues(span.source.text));
    }
    report({ ...finding, span: { ...span, source: hidden } });
  };
}

function withoutValues(text: string): string {
  return text.replace(
    /^([ \t]*(?:- +)?[A-Za-z_]\w{0,40}:(?=\s|$))?(.*)$/gm,
    (_, key: string | undefined, rest: string) => {
      return (key ?? '') + rest.replace(/\S/g, '·');
    },
  );
}
