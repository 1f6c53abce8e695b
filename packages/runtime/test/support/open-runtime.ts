import type { BoundHandler, LogFields, LogLevel } from '@mxcp-ts/engine';
import type { Project } from '@mxcp-ts/project';
import { createSessionStore, localContext, type NextGeneration, Runtime, startGeneration } from '../../src/index.ts';
import { load, type Script, scriptedEngine, unusedDatabase } from './scripted-engine.ts';

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields | undefined;
}

/** The SQL and Python endpoints of the files, served by handlers of the test. */
export async function openRuntime(files: Readonly<Record<string, string>>, script: Script) {
  const project = await load(files);
  const events: string[] = [];
  const lines: LogLine[] = [];
  const first = await startNext(project, script, events);
  const runtime = new Runtime(first, (level, message, fields) => void lines.push({ level, message, fields }));
  return { runtime, events, lines, project };
}

/** Another generation of the project, with handlers and a database of its own. */
export async function startNext(project: Project, script: Script, events: string[]): Promise<NextGeneration> {
  const { endpoints } = project;
  const generation = await startGeneration({
    host: {
      project,
      database: unusedDatabase(events),
      sessions: createSessionStore(),
      log: () => {},
      announce: () => {},
      requestReload: undefined,
    },
    engines: [scriptedEngine('sql', script, events), scriptedEngine('python', script, events)],
    endpoints,
  });
  return { generation, endpoints };
}

/** A call of the tool `a`. */
export const callA = Object.freeze({ endpoint: 'tool:a', args: {}, context: localContext('cli') });

export const gives =
  (value: string | number | null): BoundHandler =>
  async () => ({ kind: 'ok', value });

/** A handler that answers when the test says so. */
export function held(value: string): { readonly handler: BoundHandler; readonly finish: () => void } {
  let finish: () => void = () => {};
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  return { handler: () => finished.then(() => ({ kind: 'ok', value })), finish };
}
