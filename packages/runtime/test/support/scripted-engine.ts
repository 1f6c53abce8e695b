import type { BoundHandler, Database, EngineHost, HandlerEngine, SqlFunction } from '@mxcp-ts/engine';
import { loadProject, type Project } from '@mxcp-ts/project';
import { makeFolder, makeProject } from '../../../../tests/support/make-project.ts';

/** What a test says an engine does; the seam is the real one. */
export interface Script {
  /** By the name of the endpoint. */
  readonly handlers: Readonly<Record<string, BoundHandler>>;
  readonly problems?: readonly string[];
  readonly functions?: readonly SqlFunction[];
  readonly failsToStart?: Error;
  /** Stopping settles when this does. */
  readonly stopping?: Promise<void>;
}

/** @param events - what happens, in order: `start sql a, b`, `stop sql 500` */
export function scriptedEngine(language: HandlerEngine['language'], script: Script, events: string[]): HandlerEngine {
  return {
    language,
    check: async endpoints => {
      events.push(`check ${language} ${endpoints.map(({ name }) => name).join(', ')}`);
      return [];
    },
    async start(endpoints, _host: EngineHost) {
      events.push(`start ${language} ${endpoints.map(({ name }) => name).join(', ')}`);
      if (script.failsToStart !== undefined) throw script.failsToStart;
      return {
        diagnostics: [],
        bind: ({ name }) => script.handlers[name] ?? (async () => ({ kind: 'ok', value: null })),
        problems: () => script.problems ?? [],
        functions: script.functions ?? [],
        async stop({ deadlineMs }) {
          events.push(`stop ${language} ${deadlineMs}`);
          await script.stopping;
        },
      };
    },
  };
}

/** A database that only notes what becomes of it. */
export function unusedDatabase(events: string[]): Database {
  const refuse = () => {
    throw new Error('The test does not use the database.');
  };
  return {
    prepare: refuse,
    execute: refuse,
    begin: refuse,
    end: refuse,
    openStream: refuse,
    onWrite: refuse,
    fetch: refuse,
    closeStream: refuse,
    append: refuse,
    check: refuse,
    inferReturns: refuse,
    async defineFunctions(functions) {
      if (functions.length > 0) events.push(`define ${functions.map(({ name }) => name).join(', ')}`);
      return functions
        .filter(({ name }) => name === 'sum')
        .map(({ name }) => ({ name, message: 'DuckDB has one of that name.' }));
    },
    close: async ({ deadlineMs }) => void events.push(`close ${deadlineMs}`),
  };
}

export async function load(files: Readonly<Record<string, string>>): Promise<Project> {
  const home = makeFolder();
  const { project, diagnostics } = await loadProject({ root: makeProject(files), packsFolder: home, env: {}, home });
  if (project === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return project;
}

/** A tool with one parameter, `n`. */
export function toolFile(name: string, more = ''): string {
  return `mxcp: 1
tool:
  name: ${name}
  description: Test.
  parameters: [{ name: n, type: integer, default: 1, description: A number. }]
${more}  source: { code: "SELECT $n AS n" }
`;
}
