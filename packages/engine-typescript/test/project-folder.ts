import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition, ParameterDefinition, PluginDefinition, Project } from '@mxcp-ts/project';
import type { JsonSchema } from '@mxcp-ts/values';
import { onTestFinished } from 'vitest';

/** Writes a project folder that is deleted when the test ends. */
export function writeFolder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-project-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export interface EndpointSketch {
  readonly kind?: EndpointDefinition['kind'];
  readonly name: string;
  readonly file: string;
  readonly function?: string;
  readonly parameters?: readonly string[];
  /** What is asked of the caller before. */
  readonly elicit?: readonly string[];
  readonly inputSchema?: JsonSchema;
}

/** A definition as the loader gives it. Its YAML has one line per value: name, file, function, then the parameters. */
export function endpoint(root: string, { kind = 'tool', name, file, ...rest }: EndpointSketch): EndpointDefinition {
  const parameters = rest.parameters ?? [];
  const lines = [name, file, rest.function ?? '', ...parameters];
  const source = new SourceFile(`${kind}s/${name}.yml`, lines.join('\n'));
  const spanOfLine = (line: number): Span => {
    const start = lines.slice(0, line).join('\n').length + (line === 0 ? 0 : 1);
    return { source, start, end: start + (lines[line]?.length ?? 0) };
  };
  const at = (...path: readonly (string | number)[]): Span => {
    if (path[0] === 'parameters') return spanOfLine(3 + Number(path[1]));
    return spanOfLine(path[1] === 'file' ? 1 : path[1] === 'function' ? 2 : 0);
  };
  const base = {
    id: `${kind}:${name}`,
    name,
    title: undefined,
    description: undefined,
    icons: [],
    meta: undefined,
    tags: [],
    parameters: parameters.map((parameter): ParameterDefinition => ({ name: parameter, type: 'string' })),
    returns: undefined,
    elicit: rest.elicit && {
      key: 'elicit',
      message: { text: '', spanOf: () => spanOfLine(0) },
      fields: rest.elicit.map((field): ParameterDefinition => ({ name: field, type: 'string' })),
      schema: {},
    },
    timeoutMs: 30_000,
    hasPolicies: false,
    file: source,
    locate: { at, key: at },
    source: {
      language: 'typescript' as const,
      file: { absolute: join(root, file), relative: file },
      functionName: rest.function,
    },
    maxRows: undefined,
  };
  switch (kind) {
    case 'tool':
      return { ...base, kind, annotations: undefined, inputSchema: rest.inputSchema, task: undefined, pack: undefined };
    case 'resource':
      return {
        ...base,
        kind,
        label: undefined,
        mimeType: undefined,
        annotations: undefined,
        cache: undefined,
        changes: [],
        completions: {},
        template: undefined,
      };
    case 'prompt':
      return { ...base, kind, messages: [], completions: {} };
    case 'completion':
      return { ...base, kind };
  }
}

/** A plug-in of the folder `plugins`, which the site file does not list. */
export function plugin(root: string, file: string, listed: Partial<PluginDefinition> = {}): PluginDefinition {
  const name = basename(file).replace(/\.\w+$/, '');
  return {
    name,
    language: 'typescript',
    file: { absolute: join(root, file), relative: file },
    module: name,
    isListed: false,
    config: {},
    span: undefined,
    ...listed,
  };
}

export function project(
  root: string,
  endpoints: readonly EndpointDefinition[],
  plugins: readonly PluginDefinition[] = [],
): Project {
  const siteFile = new SourceFile('mxcp-site.yml', 'mxcp: 1\n');
  return {
    root,
    siteFile,
    endpoints,
    config: {
      project: 'demo',
      profile: 'dev',
      database: {
        path: ':memory:',
        isReadOnly: false,
        extensions: [],
        settings: {},
        setup: [],
        span: { source: siteFile, start: 0, end: 0 },
      },
      secrets: [{ name: 'api', type: 'http', parameters: { token: 't0p' } }],
      transport: {
        provider: 'stdio',
        http: {
          host: '127.0.0.1',
          port: 0,
          scheme: 'http',
          baseUrl: undefined,
          trustProxy: false,
          isStateless: false,
          sessionIdleTimeoutMs: 60_000,
          maxSessions: 10,
          allowedHosts: [],
          allowedOrigins: [],
          allowUnauthenticated: false,
          stateSecret: undefined,
        },
      },
      mcp: {
        title: undefined,
        description: undefined,
        websiteUrl: undefined,
        icons: [],
        instructions: undefined,
        pageSize: 100,
        listTtlMs: 0,
        tasks: { ttlMs: 60_000, maxTasks: 10, pollIntervalMs: 1_000 },
      },
      logging: { enabled: false, path: undefined, level: 'INFO', maxBytes: 0, backupCount: 0 },
      pythonFolder: join(root, 'python'),
      pythonInterpreter: undefined,
      pluginsFolder: join(root, 'plugins'),
      plugins,
      packs: [],
      allowedSqlFunctions: [],
      auditEnabled: false,
      telemetryEnabled: false,
      authProvider: 'none',
      siteConfig: { project: 'demo', profiles: { dev: { limit: 5 } } },
      userConfig: { secrets: ['api'] },
    },
  };
}
