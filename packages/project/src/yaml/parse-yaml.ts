import { diagnostic, type ReportDiagnostic, type SourceFile, type Span } from '@mxcp-ts/diagnostics';
import {
  type Document,
  isAlias,
  isCollection,
  isPair,
  type ParsedNode,
  parseAllDocuments,
  visit,
  type YAMLParseError,
} from 'yaml';
import type { YamlFile } from './yaml-file.ts';

/**
 * Parses one file of one YAML 1.2 document and reports everything that is wrong with it as YAML.
 *
 * @returns undefined when nothing in it can be relied on; a file with only duplicate keys is still given
 */
export function parseYaml(source: SourceFile, report: ReportDiagnostic, folder: string): YamlFile | undefined {
  const empty: YamlFile = { source, folder, root: undefined, anchors: new Map() };
  const documents = parseAllDocuments(source.text, { prettyErrors: false });
  if (!Array.isArray(documents)) return empty;
  const first = documents[0];
  if (first === undefined) return empty;
  const isUsable = reportProblems(first, source, report);
  reportFurtherDocuments(documents, source, report);
  if (!isUsable) return undefined;
  if (first.contents === null) return empty;
  const anchors = anchorsOf(first, source, report);
  return anchors === undefined ? undefined : { source, folder, root: first.contents, anchors };
}

/** Far more than any file needs; what is above is a handful of anchors that refer to one another. */
const nodeLimit = 200_000;

function reportProblems(document: Document.Parsed, source: SourceFile, report: ReportDiagnostic): boolean {
  const syntax = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  // What follows the first syntax error is mostly the parser losing its way.
  const first = syntax[0];
  if (first !== undefined) {
    report(diagnostic('yaml/syntax', syntaxMessage(first), spanOf(source, first.pos), hints[first.code]));
    return false;
  }
  for (const { pos } of document.errors) {
    const span = keySpan(source, pos[0]);
    report(diagnostic('yaml/duplicate-key', `The key ${textOf(span)} is written twice in one mapping.`, span));
  }
  for (const { code, pos, message } of document.warnings) {
    if (code !== 'TAG_RESOLVE_FAILED') continue;
    report(
      diagnostic(
        'yaml/syntax',
        sentence(message.replace('Unresolved tag:', 'There is no tag')),
        spanOf(source, pos),
        'Quote the value if it starts with an exclamation mark.',
      ),
    );
  }
  return true;
}

function reportFurtherDocuments(documents: readonly Document.Parsed[], source: SourceFile, report: ReportDiagnostic) {
  const second = documents[1];
  if (second === undefined) return;
  const marker = source.text.lastIndexOf('---', second.range[0]);
  const start = marker === -1 ? second.range[0] : marker;
  report(
    diagnostic(
      'yaml/multiple-documents',
      'The file holds more than one YAML document.',
      { source, start, end: start + 3 },
      'Put each document into a file of its own.',
    ),
  );
}

/** Every anchored node by name; undefined when an alias is broken or the aliases expand to far too much. */
function anchorsOf(
  document: Document.Parsed,
  source: SourceFile,
  report: ReportDiagnostic,
): Map<string, ParsedNode> | undefined {
  const anchors = new Map<string, ParsedNode>();
  if (!/[&*]/.test(source.text)) return anchors;
  const sizes = new Map<string, number>();
  let isSound = true;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node as ParsedNode);
        return undefined;
      }
      const problem = anchors.has(node.source)
        ? sizeOf(anchors.get(node.source), anchors, sizes) > nodeLimit
          ? `The alias *${node.source} stands for far too much, or contains itself.`
          : undefined
        : `There is no anchor &${node.source} before this alias.`;
      if (problem === undefined) return undefined;
      const [start, end] = node.range ?? [0, 0];
      report(diagnostic('yaml/syntax', problem, { source, start, end }));
      isSound = false;
      return visit.BREAK;
    },
  });
  return isSound ? anchors : undefined;
}

/** How many nodes a node stands for when its aliases are written out; infinite when it contains itself. */
function sizeOf(node: unknown, anchors: ReadonlyMap<string, ParsedNode>, sizes: Map<string, number>): number {
  if (isAlias(node)) {
    const known = sizes.get(node.source);
    if (known !== undefined) return known;
    sizes.set(node.source, Number.POSITIVE_INFINITY);
    const size = sizeOf(anchors.get(node.source), anchors, sizes);
    sizes.set(node.source, size);
    return size;
  }
  if (isPair(node)) return sizeOf(node.value, anchors, sizes) + 1;
  if (!isCollection(node)) return 1;
  return node.items.reduce((sum: number, item) => sum + sizeOf(item, anchors, sizes), 1);
}

/** In words of ours where the library speaks of its grammar. */
function syntaxMessage({ code, message }: YAMLParseError): string {
  if (message.startsWith('Flow sequence')) return 'A list that starts with [ is not closed.';
  if (message.startsWith('Flow map')) return 'A mapping that starts with { is not closed.';
  if (code === 'MISSING_CHAR' && message.includes('quote')) return 'A quoted text is not closed.';
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'A second colon stands on this line.';
  if (message.startsWith('Maximum call stack')) return 'The file is nested too deeply.';
  return sentence(message);
}

const hints: Readonly<Record<string, string | undefined>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BLOCK_AS_IMPLICIT_KEY: 'Quote the value if it holds a colon followed by a space.',
  BAD_SCALAR_START: 'Quote the value.',
};

function spanOf(source: SourceFile, [start, end]: readonly [number, number]): Span {
  return { source, start, end: Math.max(end, start) };
}

/** The library gives the first character of a key only. */
function keySpan(source: SourceFile, start: number): Span {
  const rest = /^(?:"[^"\n]*"|'[^'\n]*'|[^:\s]*(?:[^\S\n]+[^:\s]+)*)/.exec(source.text.slice(start, start + 200));
  return { source, start, end: start + Math.max(1, rest?.[0].length ?? 1) };
}

function textOf({ source, start, end }: Span): string {
  return `"${source.text.slice(start, end).replace(/^["']|["']$/g, '')}"`;
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
