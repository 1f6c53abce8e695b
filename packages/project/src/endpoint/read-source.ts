import { type DiagnosticCode, diagnostic, type ReportDiagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { SourceDefinition } from '@mxcp-ts/schemas';
import type { EmbeddedText, HandlerLanguage, HandlerSource, Locate, SourcePath } from '../definition.ts';
import type { FileReader } from '../files/file-reader.ts';
import type { Found, ProjectFolder } from '../files/project-folder.ts';
import { embeddedFile, embeddedScalar } from '../yaml/embedded-scalar.ts';
import { placeAt } from '../yaml/locate.ts';
import { type Place, scalarOf } from '../yaml/yaml-file.ts';

export interface SourceContext {
  readonly folder: ProjectFolder;
  readonly files: FileReader;
  readonly report: ReportDiagnostic;
  readonly locate: Locate;
  /** The endpoint. */
  readonly place: Place;
  /** Where the source is written; left out: below `source`. */
  readonly path?: readonly (string | number)[];
}

/** The handler of an endpoint, its file found and read; undefined when something about it is wrong. */
export function readSource(
  source: SourceDefinition,
  written: HandlerLanguage | undefined,
  context: SourceContext,
): HandlerSource | undefined {
  const hasCode = source.code !== undefined && source.code !== '';
  const hasFile = source.file !== undefined && source.file !== '';
  if (hasCode === hasFile) {
    const message = hasCode ? 'A source has both code and a file.' : 'A source has neither code nor a file.';
    return refuse(context, 'source/one-of', message, 'Keep exactly one of `code` and `file`.');
  }
  if (written !== undefined && source.language !== undefined && written !== source.language) {
    const message = `The source says ${source.language}, the endpoint says ${written}.`;
    return refuse(context, 'source/language-mismatch', message, 'Write the language once.', [
      ...pathOf(context),
      'language',
    ]);
  }
  const language = written ?? source.language;
  return source.file !== undefined && hasFile
    ? readFileSource(source.file, source, language, context)
    : readInline(source, language ?? 'sql', context);
}

function readFileSource(
  file: string,
  source: SourceDefinition,
  written: HandlerLanguage | undefined,
  context: SourceContext,
): HandlerSource | undefined {
  const found = context.folder.find(file, context.place.file.folder);
  if (!found.ok) {
    const at = [...pathOf(context), 'file'];
    if (found.problem === 'outside')
      return refuse(context, 'source/outside-project', `The file ${file} lies outside the project.`, found.hint, at);
    const message = found.problem === 'folder' ? `${file} is a folder.` : `The file ${file} does not exist.`;
    return refuse(context, 'source/missing-file', message, missingHint(file, found, context), at);
  }
  const suffix = /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? '';
  const inferred = languages[suffix];
  const language = written ?? inferred ?? 'sql';
  if (inferred !== undefined && inferred !== language) {
    const hint = `Leave the language out, or write ${inferred}.`;
    return refuse(
      context,
      'source/language-mismatch',
      `A ${suffix} file does not hold ${languageNames[language]}.`,
      hint,
      languagePath(source, context),
    );
  }
  if (language === 'sql') return readSqlFile(found.path, source, context);
  if (inferred === undefined) {
    const hint = `Use a ${language === 'python' ? '.py' : '.ts, .js or .mjs'} file.`;
    return refuse(
      context,
      'source/language-mismatch',
      `The suffix of ${file} is not one of ${languageNames[language]}.`,
      hint,
      [...pathOf(context), 'file'],
    );
  }
  return { language, file: found.path, functionName: source.function };
}

const languageNames: Readonly<Record<HandlerLanguage, string>> = {
  sql: 'SQL',
  typescript: 'TypeScript',
  python: 'Python',
};

const languages: Readonly<Record<string, HandlerLanguage | undefined>> = {
  '.sql': 'sql',
  '.py': 'python',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.js': 'typescript',
  '.mjs': 'typescript',
};

function readSqlFile(path: SourcePath, source: SourceDefinition, context: SourceContext): HandlerSource | undefined {
  if (source.function !== undefined) return refuseFunction(context);
  const read = context.files.read(path.absolute);
  const at = [...pathOf(context), 'file'];
  if (!read.ok)
    return refuse(context, 'project/unreadable-file', `The file ${path.relative} ${read.reason}.`, undefined, at);
  if (read.source.text.trim() === '')
    return refuse(context, 'source/empty', `The file ${path.relative} is empty.`, undefined, at);
  return { language: 'sql', sql: embeddedFile(read.source) };
}

function readInline(
  source: SourceDefinition,
  language: HandlerLanguage,
  context: SourceContext,
): HandlerSource | undefined {
  const code = textAt([...pathOf(context), 'code'], source.code ?? '', context.place);
  if (code.text.trim() === '')
    return refuse(context, 'source/empty', 'The code is empty.', undefined, [...pathOf(context), 'code']);
  if (language === 'typescript') {
    const hint = 'Put the code into a .ts file and name it with `file`.';
    return refuse(context, 'source/inline-not-supported', 'TypeScript cannot be written inline.', hint, [
      ...pathOf(context),
      'code',
    ]);
  }
  if (source.function !== undefined) return refuseFunction(context);
  return language === 'sql' ? { language, sql: code } : { language, code };
}

/** The text at a path of a place, able to say where its parts stand. */
export function textAt(path: readonly (string | number)[], text: string, place: Place): EmbeddedText {
  const found = placeAt(place, path);
  const scalar = found === undefined ? undefined : scalarOf(found.file, found.node);
  return scalar === undefined
    ? { text, spanOf: () => ({ source: place.file.source, start: 0, end: 0 }) }
    : embeddedScalar(place.file.source, scalar, text);
}

function refuseFunction(context: SourceContext): undefined {
  const hint = 'Remove `function`.';
  return refuse(context, 'source/language-mismatch', 'Only a TypeScript or Python file has functions.', hint, [
    ...pathOf(context),
    'function',
  ]);
}

function missingHint(file: string, found: Found & { ok: false }, { folder, place }: SourceContext): string {
  if (found.problem === 'folder') return 'Name a file in it.';
  // People write paths as seen from the project folder.
  const isAtRoot = folder.find(`/${file}`, place.file.folder).ok;
  if (isAtRoot) return `Paths are relative to this file; from the project folder it is /${file}.`;
  return found.hint ?? 'Paths are relative to this file.';
}

function pathOf({ path = ['source'] }: SourceContext): readonly (string | number)[] {
  return path;
}

function languagePath(source: SourceDefinition, context: SourceContext): readonly (string | number)[] {
  return source.language === undefined ? ['language'] : [...pathOf(context), 'language'];
}

function refuse(
  context: SourceContext,
  code: DiagnosticCode,
  message: string,
  hint?: string,
  path: readonly (string | number)[] = [],
): undefined {
  const { report, locate } = context;
  report(diagnostic(code, message, path.length === 0 ? keyOf(context) : locate.at(...path), hint));
}

/** The key of the source; an item of a list has none, its list has. */
function keyOf({ locate, path }: SourceContext): Span {
  if (path === undefined) return locate.key('source');
  return locate.key(...(path.at(-1) === 0 ? path.slice(0, -1) : path));
}
