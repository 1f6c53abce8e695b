import { rmSync } from 'node:fs';
import type { Database, ExecuteOutcome, ExecuteRequest, HandlerResult, StartedEngine } from '@mxcp-ts/engine';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createTypeScriptEngine } from '../src/index.ts';
import { type BuiltGuest, buildGuest } from './build-guest.ts';
import { type EndpointSketch, endpoint, project, writeFolder } from './project-folder.ts';

export interface TestEngine {
  readonly root: string;
  readonly engine: StartedEngine;
  /** `level endpoint call message`, a dash for what is absent. */
  readonly logged: string[];
  readonly asked: ExecuteRequest[];
  call(name: string, args?: object, options?: { id?: string; signal?: AbortSignal }): Promise<HandlerResult>;
}

export type StartTestEngine = (
  files: Readonly<Record<string, string>>,
  endpoints: readonly EndpointSketch[],
  answer?: (request: ExecuteRequest) => Promise<ExecuteOutcome>,
  prepare?: (root: string) => void,
) => Promise<TestEngine>;

/** Builds the guest once for a test file and gives what starts projects with it. */
export function withTestEngine(): StartTestEngine {
  let built: BuiltGuest;
  beforeAll(async () => {
    built = await buildGuest();
  });
  afterAll(() => rmSync(built.folder, { recursive: true, force: true }));
  return async (
    files,
    sketches,
    answer = async () => ({ kind: 'rows', json: '[]', columns: [] }),
    prepare = () => {},
  ) => {
    const root = writeFolder(files);
    prepare(root);
    const definitions = sketches.map(sketch => endpoint(root, sketch));
    const logged: string[] = [];
    const asked: ExecuteRequest[] = [];
    const engine = await createTypeScriptEngine(built).start(definitions, {
      project: project(root, definitions),
      database: databaseThat(request => {
        asked.push(request);
        return answer(request);
      }),
      log: (level, message, fields) =>
        logged.push(`${level} ${fields?.endpoint ?? '-'} ${fields?.call ?? '-'} ${message}`),
    });
    onTestFinished(() => engine.stop({ deadlineMs: 2_000 }));
    return {
      root,
      engine,
      logged,
      asked,
      call: (name, args = {}, { id = 'c1', signal = new AbortController().signal } = {}) => {
        const definition = definitions.find(each => each.name === name);
        if (definition === undefined) throw new Error(`no endpoint ${name}`);
        return engine.bind(definition)({ id, args: JSON.parse(JSON.stringify(args)), signal });
      },
    };
  };
}

/** The seam to the database, answered by the test: these tests are about the guest's end of it. */
function databaseThat(execute: Database['execute']): Database {
  const notAsked = (): never => {
    throw new Error('not asked for here');
  };
  return {
    execute,
    prepare: notAsked,
    check: notAsked,
    close: async () => {},
  };
}
