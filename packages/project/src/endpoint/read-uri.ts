import { diagnostic, didYouMean, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { EmbeddedText, Locate, ParameterDefinition, UriTemplate } from '../definition.ts';
import { parseUriTemplate, type TemplatePart } from '../uri/parse-uri-template.ts';
import { compileUriTemplate } from '../uri/uri-template.ts';

export interface ResourceUri {
  readonly parts: readonly TemplatePart[];
  /** Undefined for a URI without variables. */
  readonly template: UriTemplate | undefined;
}

/** Reads the URI of a resource and holds its variables against the parameters; undefined when it is not a template. */
export function readUri(
  uri: EmbeddedText,
  parameters: readonly ParameterDefinition[],
  locate: Locate,
  report: ReportDiagnostic,
): ResourceUri | undefined {
  const scheme = /^([^:/?#{}]*):/.exec(uri.text)?.[1];
  if (scheme === undefined || !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) {
    const message = scheme === undefined ? 'The URI has no scheme.' : `"${scheme}" is not a scheme of a URI.`;
    const hint = 'Start with letters, digits, +, - or . and a colon: flights://airports.';
    report(diagnostic('resource/bad-template', message, uri.spanOf(0, scheme?.length || uri.text.length), hint));
    return undefined;
  }
  const stray = /[\s\p{Cc}<>"\\^`]/u.exec(uri.text);
  if (stray !== null) {
    const span = uri.spanOf(stray.index, stray.index + 1);
    const message = 'A URI holds no spaces, control characters, quotes or < > \\ ^.';
    report(diagnostic('resource/bad-template', message, span, 'Write them percent-encoded.'));
    return undefined;
  }
  const parsed = parseUriTemplate(uri.text);
  if (!parsed.ok) {
    const { message, start, end } = parsed.problem;
    report(diagnostic('resource/bad-template', message, uri.spanOf(start, end)));
    return undefined;
  }
  checkVariables(parsed.parts, uri, parameters, locate, report);
  const hasVariables = parsed.parts.some(({ kind }) => kind === 'expression');
  return { parts: parsed.parts, template: hasVariables ? compileUriTemplate(uri.text, parsed.parts) : undefined };
}

function checkVariables(
  parts: readonly TemplatePart[],
  uri: EmbeddedText,
  parameters: readonly ParameterDefinition[],
  locate: Locate,
  report: ReportDiagnostic,
): void {
  const variables = parts.flatMap(part => (part.kind === 'expression' ? part.variables : []));
  const declared = parameters.map(({ name }) => name);
  for (const { name, start } of variables.filter(variable => !declared.includes(variable.name))) {
    const message = `The variable "${name}" of the URI is not a parameter.`;
    const hint = didYouMean(name, declared) ?? `Declare it under parameters.`;
    report(diagnostic('resource/undeclared-variable', message, uri.spanOf(start, start + name.length), hint));
  }
  for (const [index, name] of declared.entries()) {
    if (variables.some(variable => variable.name === name)) continue;
    const message = `The parameter "${name}" does not occur in the URI.`;
    const hint = `Write {${name}} into the URI, or make this a tool.`;
    report(diagnostic('resource/parameter-not-in-uri', message, locate.at('parameters', index, 'name'), hint));
  }
}
