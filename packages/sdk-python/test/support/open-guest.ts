import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The interpreter of these tests; one with numpy and pandas lets more of them run. */
export const python = process.env['MXCP_TEST_PYTHON'] ?? 'python3';
const script = fileURLToPath(new URL('../../src/mxcp_guest/__main__.py', import.meta.url));

export type Message = { readonly type: string; readonly [key: string]: unknown };

export interface TestHandler {
  readonly file: string;
  readonly endpoint: string;
  readonly function?: string;
  readonly parameters?: readonly { readonly name: string; readonly format?: string }[];
}

export interface TestPlugin {
  /** In the folder `plugins`; its name without the ending is the plug-in's, when it has no other. */
  readonly file?: string;
  readonly name?: string;
  /** Of an installed package. */
  readonly module?: string;
  /** Given to those that the site file lists. */
  readonly config?: object;
}

export interface GuestSetup {
  /** By path below the project. */
  readonly files: Readonly<Record<string, string>>;
  readonly handlers?: readonly TestHandler[];
  /** Inline sources, by the path that stands for them in `handlers`. */
  readonly inline?: Readonly<Record<string, string>>;
  readonly config?: { readonly secrets?: object; readonly site?: object; readonly user?: object };
  readonly plugins?: readonly TestPlugin[];
  readonly canReload?: boolean;
  /** What every call is sent with, unless it says otherwise. */
  readonly context?: object;
  /** What questions to the database get: the reply without its id; `data` are the raw bytes of it. */
  readonly onExecute?: (message: Message) => object | undefined;
  /** What every other question gets: the reply without its id. */
  readonly onQuestion?: (message: Message) => object | undefined;
}

export interface TestGuest {
  readonly root: string;
  readonly started: Message;
  /** Everything that was logged so far. */
  readonly logs: Message[];
  /** What reached descriptors 1 and 2. */
  readonly raw: { text: string };
  /** Questions to the database; `data` are the raw bytes of one. */
  readonly executed: Message[];
  /** What clients were told: `progress`, `notify` and `announce`. */
  readonly told: Message[];
  send(message: Message): void;
  /** Starts a call; its number and its answer. */
  begin(endpoint: string, args?: object, context?: object): { readonly id: number; readonly answer: Promise<Message> };
  call(endpoint: string, args?: object, context?: object): Promise<Message>;
  /** Computes a chunk of a SQL function; the line that answers it, unread. */
  apply(name: string, columns: readonly (readonly unknown[])[]): Promise<string>;
  next(type: string): Promise<Message>;
  stop(): Promise<{ readonly message: Message; readonly code: number | null }>;
  kill(): void;
  readonly child: ChildProcess;
  readonly socket: Duplex;
}

/** Runs the real guest on a project in a temporary folder and speaks the wire with it. */
export async function openGuest(setup: GuestSetup): Promise<TestGuest> {
  const root = mkdtempSync(join(tmpdir(), 'mxcp-python-'));
  for (const [path, text] of Object.entries(setup.files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const child = spawn(python, ['-u', script, join(root, 'python'), join(root, 'plugins')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  const socket = child.stdio[3];
  if (!(socket instanceof Duplex)) throw new Error('no wire');
  return converse(child, socket, root, setup);
}

async function converse(child: ChildProcess, socket: Duplex, root: string, setup: GuestSetup): Promise<TestGuest> {
  const handlers = setup.handlers ?? [];
  const inline = setup.inline ?? {};
  const files = Object.keys(setup.files).filter(
    path => /^(?!plugins\/).*\.py$/.test(path) && !path.includes('__init__'),
  );
  const modules = [
    ...files.map(path => ({ file: join(root, path), path })),
    ...Object.entries(inline).map(([path, code]) => ({ file: '', path, code })),
  ];
  const logs: Message[] = [];
  const executed: Message[] = [];
  const told: Message[] = [];
  const raw = { text: '' };
  const answers = new Map<number, (message: Message, line: string) => void>();
  const awaited = new Map<string, (message: Message) => void>();
  const send = (message: Message) => socket.write(`${JSON.stringify(message)}\n`);
  child.stdout?.on('data', data => {
    raw.text += data;
  });
  child.stderr?.on('data', data => {
    raw.text += data;
  });
  const answer = (id: unknown, reply: { readonly data?: Buffer } | undefined) => {
    if (reply === undefined) return;
    const { data, ...fields } = reply;
    send({ type: 'reply', id, ...fields, ...(data !== undefined && { bytes: data.length }) });
    if (data !== undefined && data.length > 0) socket.write(data);
  };
  onMessage(socket, (message, line) => {
    if (message.type === 'log') logs.push(message);
    else if (databaseQuestions.includes(message.type)) {
      executed.push(message);
      answer(message['id'], setup.onExecute?.(message));
    } else if (['result', 'failure', 'applied'].includes(message.type)) {
      answers.get(message['id'] as number)?.(message, line);
    } else if (['progress', 'notify', 'announce'].includes(message.type)) told.push(message);
    else if (['session', 'reload', 'ask'].includes(message.type)) {
      answer(message['id'], setup.onQuestion?.(message));
    } else awaited.get(message.type)?.(message);
  });
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve));
  void exited.then(() => rmSync(root, { recursive: true, force: true }));
  const next = (type: string) =>
    new Promise<Message>((resolve, reject) => {
      awaited.set(type, resolve);
      void exited.then(code => reject(new Error(`The guest ended with ${code}: ${raw.text}`)));
    });
  let lastId = 0;
  const begin = (endpoint: string, args: object = {}, context: object = setup.context ?? {}) => {
    const id = ++lastId;
    const answer = new Promise<Message>((resolve, reject) => {
      answers.set(id, resolve);
      void exited.then(code => reject(new Error(`The guest ended with ${code}: ${raw.text}`)));
    });
    const handler = handlers.findIndex(candidate => candidate.endpoint === endpoint);
    send({ type: 'call', id, call: `call-${id}`, handler, args, context: { ...anonymous, ...context } });
    return { id, answer };
  };
  const apply = async (name: string, columns: readonly (readonly unknown[])[]) => {
    const functions = started['functions'] as readonly { readonly name: string }[];
    const id = ++lastId;
    const answer = new Promise<string>((resolve, reject) => {
      answers.set(id, (_, line) => resolve(line.replace(`"id":${id}`, '"id":0')));
      void exited.then(code => reject(new Error(`The guest ended with ${code}: ${raw.text}`)));
    });
    send({ type: 'apply', id, function: functions.findIndex(candidate => candidate.name === name), columns });
    return answer;
  };
  const startedSoon = next('started');
  send({
    type: 'start',
    root,
    modules,
    handlers: handlers.map(({ file, parameters = [], ...rest }) => ({
      ...rest,
      parameters,
      module: modules.findIndex(({ path }) => path === file),
    })),
    plugins: (setup.plugins ?? []).map(plugin => pluginOf(plugin, root)),
    config: { project: 'test', profile: 'dev', secrets: {}, site: {}, user: {}, ...setup.config },
    canReload: setup.canReload ?? false,
  });
  const started = await startedSoon;
  return {
    root,
    started,
    logs,
    raw,
    executed,
    told,
    send,
    begin,
    apply,
    call: (endpoint, args, context) => begin(endpoint, args, context).answer,
    next,
    async stop() {
      const stopped = next('stopped');
      send({ type: 'stop' });
      return { message: await stopped, code: await exited };
    },
    kill: () => child.kill('SIGKILL'),
    child,
    socket,
  };
}

/** The caller of a terminal. */
const anonymous = { transport: 'cli', headers: {}, hasSession: false };

function pluginOf({ file, name, module, config }: TestPlugin, root: string) {
  const stem = module ?? (file ?? '').replace(/\.py$/, '');
  return {
    name: name ?? stem,
    module: stem,
    path: file === undefined ? stem : `plugins/${file}`,
    isListed: config !== undefined,
    config: config ?? {},
    ...(file !== undefined && { file: join(root, 'plugins', file) }),
  };
}

/** Waits until a condition holds; the test's own timeout is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 10));
}

const databaseQuestions = ['execute', 'begin', 'end', 'stream', 'fetch', 'close-stream', 'append'];

function onMessage(socket: Duplex, receive: (message: Message, line: string) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      const line = rest.toString('utf8', 0, end);
      const message = JSON.parse(line) as Message;
      const bytes = typeof message['bytes'] === 'number' ? message['bytes'] : 0;
      if (rest.length < end + 1 + bytes) return;
      const data = rest.subarray(end + 1, end + 1 + bytes);
      rest = rest.subarray(end + 1 + bytes);
      receive('bytes' in message ? { ...message, data } : message, line);
    }
  });
}
