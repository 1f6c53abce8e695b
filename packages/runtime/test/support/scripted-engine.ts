import type { BoundHandler, Database, EngineHost, HandlerEngine, LogFields, LogLevel } from '@mxcp-ts/engine';
import { loadProject, type Project } from '@mxcp-ts/project';
import { makeFolder, makeProject } from '../../../../tests/support/make-project.ts';
import { Runtime } from '../../src/index.ts';

/** What a test says an engine does; the seam is the real one. */
export interface Script {
  /** By the name of the endpoint. */
  readonly handlers: Readonly<Record<string, BoundHandler>>;
  readonly problems?: readonly string[];
  readonly failsToStart?: Error;
}

export interface Scripted {
  readonly engine: HandlerEngine;
  /** What happened, in order: `start a, b`, `stop 500`. */
  readonly events: string[];
}

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
        stop: async ({ deadlineMs }) => void events.push(`stop ${language} ${deadlineMs}`),
      };
    },
  };
}

export function unusedDatabase(events: string[]): Database {
  const refuse = () => {
    throw new Error('The test does not use the database.');
  };
  return {
    prepare: refuse,
    execute: refuse,
    check: refuse,
    close: async ({ deadlineMs }) => void events.push(`close ${deadlineMs}`),
  };
}

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields | undefined;
}

/** The SQL endpoints of the files, served by handlers of the test. */
export async function openRuntime(files: Readonly<Record<string, string>>, script: Script) {
  const project = await load(files);
  const events: string[] = [];
  const lines: LogLine[] = [];
  const runtime = await Runtime.open({
    project,
    endpoints: project.endpoints,
    engines: [scriptedEngine('sql', script, events), scriptedEngine('python', script, events)],
    database: unusedDatabase(events),
    log: (level, message, fields) => void lines.push({ level, message, fields }),
  });
  return { runtime, events, lines, project };
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
