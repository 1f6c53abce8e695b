import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition, Locate, PluginDefinition, Project } from '@mxcp-ts/project';
import { onTestFinished } from 'vitest';
import { isNode, isScalar, parseDocument } from 'yaml';

export const sdkFolder = new URL('../../../sdk-python/src/', import.meta.url);

/** A project in a temporary folder, deleted after the test; endpoints are read from the `.yml` files by the few rules these tests need. */
export function makeProject(
  files: Readonly<Record<string, string>>,
  config: { readonly pythonInterpreter?: string; readonly plugins?: readonly ListedPlugin[] } = {},
): { readonly project: Project; readonly endpoints: readonly EndpointDefinition[] } {
  const root = mkdtempSync(join(tmpdir(), 'mxcp-engine-python-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const endpoints = Object.entries(files)
    .filter(([path]) => path.endsWith('.yml'))
    .map(([path, text]) => readEndpoint(root, path, text));
  const project = {
    root,
    endpoints,
    config: {
      project: 'test',
      profile: 'dev',
      secrets: [{ name: 'api', type: 'custom', parameters: { token: 's3cret' } }],
      siteConfig: { project: 'test' },
      userConfig: {},
      pythonFolder: join(root, 'python'),
      pythonInterpreter: config.pythonInterpreter,
      pluginsFolder: join(root, 'plugins'),
      plugins: readPlugins(root, Object.keys(files), config.plugins ?? []),
    },
  } as unknown as Project;
  return { project, endpoints };
}

/** As the site file lists a plug-in; every other Python file of `plugins` is one that merely lies there. */
export interface ListedPlugin {
  readonly name: string;
  readonly module: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

function readPlugins(root: string, files: readonly string[], listed: readonly ListedPlugin[]): PluginDefinition[] {
  const site = new SourceFile('mxcp-site.yml', listed.map(({ module }) => module).join('\n'));
  const fileOf = (module: string) => {
    const relative = `plugins/${module}.py`;
    return files.includes(relative) ? { relative, absolute: join(root, relative) } : undefined;
  };
  const found = files.flatMap(path => /^plugins\/(\w+)\.py$/.exec(path)?.[1] ?? []);
  const others = found.filter(stem => !listed.some(({ module }) => module === stem));
  const shared = { language: 'python' as const };
  return [
    ...listed.map(({ name, module, config = {} }) => {
      const start = site.text.indexOf(module);
      const span = { source: site, start, end: start + module.length };
      return { ...shared, name, module, config, file: fileOf(module), isListed: true, span };
    }),
    ...others.map(name => ({
      ...shared,
      name,
      module: name,
      config: {},
      file: fileOf(name),
      isListed: false,
      span: undefined,
    })),
  ];
}

interface YamlEndpoint {
  readonly name?: string;
  readonly uri?: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly elicit?: { readonly fields: readonly { readonly name: string }[] };
  readonly source: { readonly file?: string; readonly function?: string; readonly code?: string };
}

function readEndpoint(root: string, path: string, text: string): EndpointDefinition {
  const file = new SourceFile(path, text);
  const document = parseDocument(text);
  // Completions stand inside of other endpoints; here each has a file.
  const kind = ['tool', 'resource', 'prompt', 'completion'].find(each => document.has(each)) ?? 'tool';
  const written = document.toJS()[kind] as YamlEndpoint;
  const locate: Locate = {
    at: (...below) => nodeSpan(document, file, [kind, ...below]),
    key: (...below) => nodeSpan(document, file, [kind, ...below]),
  };
  const name = written.name ?? written.uri ?? '';
  const { parameters = [], elicit } = written;
  const base = { id: `${kind}:${name}`, name, parameters, elicit, file, locate, timeoutMs: 30_000 };
  return { ...base, kind, source: sourceOf(root, written, locate) } as unknown as EndpointDefinition;
}

function sourceOf(root: string, { source }: YamlEndpoint, locate: Locate) {
  if (source.code !== undefined) {
    const { start } = locate.at('source', 'code');
    const text = source.code;
    const { source: file } = locate.at('source', 'code');
    // Block scalars of these tests are indented by six spaces and start on the next line.
    const body = file.text.indexOf('\n', start) + 1;
    const offset = (at: number) => body + at + 6 * text.slice(0, at).split('\n').length;
    return {
      language: 'python',
      code: {
        text,
        spanOf: (from: number, to: number): Span => ({ source: file, start: offset(from), end: offset(to) }),
      },
    };
  }
  const relative = source.file ?? '';
  return { language: 'python', file: { relative, absolute: join(root, relative) }, functionName: source.function };
}

function nodeSpan(
  document: ReturnType<typeof parseDocument>,
  source: SourceFile,
  path: readonly (string | number)[],
): Span {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return { source, start: node.range[0], end: isScalar(node) ? node.range[1] : node.range[0] + 1 };
    }
  }
  return { source, start: 0, end: 0 };
}
