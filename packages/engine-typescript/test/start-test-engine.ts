import { rmSync } from 'node:fs';
import type {
  CallContext,
  Change,
  ClientChannel,
  Database,
  ExecuteOutcome,
  ExecuteRequest,
  HandlerCall,
  HandlerResult,
  ReloadRequest,
  SessionStore,
  StartedEngine,
} from '@mxcp-ts/engine';
import type { PluginDefinition } from '@mxcp-ts/project';
import type { JsonValue } from '@mxcp-ts/values';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createTypeScriptEngine } from '../src/index.ts';
import { type BuiltGuest, buildGuest } from './build-guest.ts';
import { type EndpointSketch, endpoint, plugin, project, writeFolder } from './project-folder.ts';

export interface TestEngine {
  readonly root: string;
  readonly engine: StartedEngine;
  /** `level endpoint call message`, a dash for what is absent. */
  readonly logged: string[];
  readonly asked: ExecuteRequest[];
  readonly announced: Change[];
  call(name: string, args?: object, options?: CallOptions): Promise<HandlerResult>;
}

export interface CallOptions {
  readonly id?: string;
  readonly signal?: AbortSignal;
  readonly context?: Partial<CallContext>;
  readonly client?: ClientChannel;
  /** Answers what the handler asks its client; nobody can be asked when left out. */
  readonly ask?: HandlerCall['ask'];
}

export type StartTestEngine = (
  files: Readonly<Record<string, string>>,
  endpoints: readonly EndpointSketch[],
  options?: TestEngineOptions,
) => Promise<TestEngine>;

export interface TestEngineOptions {
  readonly answer?: (request: ExecuteRequest) => Promise<ExecuteOutcome>;
  /** In place of one that answers `execute` only. */
  readonly database?: Partial<Database>;
  readonly prepare?: (root: string) => void;
  /** Files of plug-ins, with what the site file says about them. */
  readonly plugins?: Readonly<Record<string, Partial<PluginDefinition>>>;
  readonly requestReload?: (request: ReloadRequest) => void;
}

/** Builds the guest once for a test file and gives what starts projects with it. */
export function withTestEngine(): StartTestEngine {
  let built: BuiltGuest;
  beforeAll(async () => {
    built = await buildGuest();
  });
  afterAll(() => rmSync(built.folder, { recursive: true, force: true }));
  return async (files, sketches, options = {}) => {
    const { answer = async () => ({ kind: 'rows', json: '[]', columns: [] }), prepare = () => {} } = options;
    const root = writeFolder(files);
    prepare(root);
    const definitions = sketches.map(sketch => endpoint(root, sketch));
    const plugins = Object.entries(options.plugins ?? {}).map(([file, listed]) => plugin(root, file, listed));
    const logged: string[] = [];
    const asked: ExecuteRequest[] = [];
    const announced: Change[] = [];
    const engine = await createTypeScriptEngine(built).start(definitions, {
      project: project(root, definitions, plugins),
      database: databaseThat({
        execute: request => {
          asked.push(request);
          return answer(request);
        },
        ...options.database,
      }),
      sessions: sessionStore(),
      announce: change => announced.push(change),
      requestReload: options.requestReload && (request => void options.requestReload?.(request)),
      log: (level, message, fields) =>
        logged.push(`${level} ${fields?.endpoint ?? '-'} ${fields?.call ?? '-'} ${message}`),
    });
    onTestFinished(() => engine.stop({ deadlineMs: 2_000 }));
    return {
      root,
      engine,
      logged,
      asked,
      announced,
      call: (
        name,
        args = {},
        { id = 'c1', signal = new AbortController().signal, context = {}, client = deaf, ask = cannotAsk } = {},
      ) => {
        const definition = definitions.find(each => each.name === name);
        if (definition === undefined) throw new Error(`no endpoint ${name}`);
        return engine.bind(definition)({
          id,
          args: JSON.parse(JSON.stringify(args)),
          signal,
          context: {
            transport: 'cli',
            requestId: undefined,
            headers: {},
            user: undefined,
            client: undefined,
            session: undefined,
            ...context,
          },
          client,
          ask,
        });
      },
    };
  };
}

const deaf: ClientChannel = { progress() {}, log() {} };

const cannotAsk: HandlerCall['ask'] = () => ({ kind: 'client-cannot', message: 'This client cannot be asked.' });

/** The seam to the database, answered by the test: these tests are about the guest's end of it. */
function databaseThat(answers: Partial<Database>): Database {
  const notAsked = (): never => {
    throw new Error('not asked for here');
  };
  return {
    execute: notAsked,
    begin: notAsked,
    end: notAsked,
    openStream: notAsked,
    fetch: notAsked,
    closeStream: notAsked,
    append: notAsked,
    defineFunctions: notAsked,
    prepare: notAsked,
    check: notAsked,
    inferReturns: notAsked,
    onWrite: () => () => {},
    close: async () => {},
    ...answers,
  };
}

function sessionStore(): SessionStore {
  const sessions = new Map<string, Map<string, JsonValue>>();
  const of = (session: string) => sessions.get(session) ?? sessions.set(session, new Map()).get(session) ?? new Map();
  return {
    get: (session, key) => of(session).get(key),
    set: (session, key, value) => {
      if (key === 'large') return 'The session holds too much.';
      of(session).set(key, value);
      return undefined;
    },
    delete: (session, key) => void of(session).delete(key),
    clear: session => void sessions.delete(session),
    keys: session => [...of(session).keys()],
  };
}
