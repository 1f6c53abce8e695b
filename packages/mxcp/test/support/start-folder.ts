import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatLine } from '@mxcp-ts/diagnostics';
import type { LogLevel } from '@mxcp-ts/engine';
import { loadProject } from '@mxcp-ts/project';
import { localContext, type Outcome } from '@mxcp-ts/runtime';
import { onTestFinished } from 'vitest';
import { makeFolder, makeProject } from '../../../../tests/support/make-project.ts';
import { builtInEngines, startProject } from '../../src/index.ts';

export type StartedFolder = Awaited<ReturnType<typeof startFolder>>;

/** Starts a project with these files as `serve` does, for as long as the test lasts: everything is real but the transport. */
export async function startFolder(files: Readonly<Record<string, string>>) {
  const root = makeProject(files);
  const home = makeFolder();
  const lines: [LogLevel, string][] = [];
  const said: string[] = [];
  let failure: Error | undefined;
  const reread = async () => {
    if (failure !== undefined) throw failure;
    return await loadProject({ root, packsFolder: home, env: {}, home });
  };
  const started = await startProject(await reread(), {
    engines: builtInEngines(),
    ignoreErrors: false,
    log: (level, message) => void lines.push([level, message]),
    say: text => void said.push(text),
    reread,
  });
  if (!started.ok) throw new Error(formatLine(started.diagnostics));
  const { runtime, reloader } = started;
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= reloader.close().then(() => runtime.close({ drainTimeoutMs: 0, stopTimeoutMs: 5_000 }));
    return closed;
  };
  onTestFinished(close);
  return {
    root,
    home,
    runtime,
    reloader,
    close,
    lines,
    said,
    write: (path: string, text: string) => writeFileSync(join(root, path), text),
    remove: (path: string) => rmSync(join(root, path)),
    call: (name: string, args: object = {}): Promise<Outcome> =>
      runtime.invoke({ endpoint: `tool:${name}`, args, context: localContext('cli') }),
    /** What reading the folder throws from now on. */
    failReading: (error: Error) => {
      failure = error;
    },
    /** What log lines of this level say. */
    logged: (level: LogLevel) => lines.filter(([at]) => at === level).map(([, message]) => message),
  };
}

/** A tool that gives the one value of a query. */
export function sqlTool(name: string, sql: string): string {
  return `mxcp: 1
tool:
  name: ${name}
  description: Test.
  return: { type: integer }
  source: { code: ${JSON.stringify(sql)} }
`;
}
