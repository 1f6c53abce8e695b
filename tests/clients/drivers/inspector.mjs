// The MCP inspector's programs for the terminal: `mcp-inspector --cli`, which connects for every command, and `mcpdo`, which
// keeps a connection. Runs where both are on the PATH, under a Node that they accept.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers, readTask, report } from './report.mjs';

const task = readTask();
const home = mkdtempSync(join(tmpdir(), 'mxcp-inspector-'));
const config = join(home, 'mcp.json');
const env = {
  ...process.env,
  HOME: home,
  MCP_INSPECTOR_SECRET_STORE: 'memory',
  MCP_INSPECTOR_DAEMON_DIR: join(home, 'daemon'),
  MCP_INSPECTOR_DAEMON_TOKEN: 'interop',
};
let told;
const program = task.client === 'mcpdo' ? mcpdo() : cli();

writeFileSync(config, JSON.stringify({ mcpServers: { interop: serverEntry() } }));
try {
  await program.open();
  await report(task, checks());
} finally {
  await program.close();
  rmSync(home, { recursive: true, force: true });
}

function serverEntry() {
  const shared = { protocolEra: task.era === '2026' ? 'modern' : 'legacy', roots: answers.roots };
  return task.url === undefined
    ? { type: 'stdio', ...task.command, ...shared }
    : { type: 'streamable-http', url: task.url, ...shared };
}

function checks() {
  return {
    connect: async () => {
      const { protocolVersion, serverInfo } = await answer(program.command(program.describe));
      return { revision: protocolVersion, name: serverInfo.name };
    },
    list: lists,
    call: () => call('greet', { name: 'Ada' }),
    error: errors,
    structured: async () => ({
      object: await call('find_order', { id: 2 }),
      list: await call('list_orders', { least: 5 }),
    }),
    image: async () => (await call('draw', {})).content,
    resource: () => read('interop://about'),
    template: () => read('interop://notes/S%C3%A3o%20Paulo%2F5%25'),
    binary: async () => ({ fixed: await read('interop://pixel'), template: await read('interop://dots/one') }),
    prompt: async () => (await answer(program.prompt('summarize', ['region=EMEA', 'words=20']))).messages,
    sampling: async () => ({ answer: textOf(await call('translate', { text: 'hello' })) }),
    roots: async () => textOf(await call('show_folders', {})),
    ...program.checks,
  };
}

async function lists() {
  const { tools } = await answer(program.command('tools/list'));
  const { resources } = await answer(program.command('resources/list'));
  const { resourceTemplates } = await answer(program.command('resources/templates/list'));
  const { prompts } = await answer(program.command('prompts/list'));
  return {
    tools: tools.map(({ name }) => name),
    inputSchema: tools.find(({ name }) => name === 'list_orders').inputSchema,
    resources: resources.map(({ uri }) => uri),
    templates: resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    prompts: prompts.map(({ name }) => name),
  };
}

async function errors() {
  return {
    ofHandler: await call('find_order', { id: 42 }),
    ofArguments: await call('find_order', { id: 0, ids: 1 }),
    unknownTool: await failure(program.call('find_nothing', {})),
    unknownResource: await failure(program.read('interop://nowhere')),
  };
}

async function call(name, args) {
  const { isError = false, content, structuredContent = null } = await answer(program.call(name, args));
  return { isError, content, structured: structuredContent };
}

function textOf({ content }) {
  return content.map(({ text }) => text).join('');
}

async function read(uri) {
  return (await answer(program.read(uri))).contents;
}

/** What a command printed on stdout, where results are, those of failed tools too. */
async function answer(finished) {
  const { stdout, stderr } = await finished;
  if (stdout.trim() === '') throw new Error(stderr);
  const printed = JSON.parse(stdout);
  return printed.result ?? printed;
}

/** The one line of JSON on stderr that says why a command failed. */
async function failure(finished) {
  const { stderr } = await finished;
  const line = stderr.split('\n').find(text => text.startsWith('{"error"'));
  if (line === undefined) throw new Error(`No error: ${stderr}`);
  const { code, message } = JSON.parse(line).error;
  return { code, message };
}

function cli() {
  const base = ['--cli', '--config', config, '--server', 'interop', '--format', 'json', '--method'];
  const command = (...args) => run('mcp-inspector', [...base, ...args]);
  return {
    describe: 'initialize',
    open: async () => {},
    close: async () => {},
    command,
    call: (name, args) => command('tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(args)),
    read: uri => command('resources/read', '--uri', uri),
    prompt: (name, pairs) => command('prompts/get', '--prompt-name', name, '--prompt-args', ...pairs),
    checks: {
      completion: () => answer(command('completion/complete')),
      progress: () => printedFor(/counted \d/g),
      log: () => printedFor(/Counted\./g),
      elicitation: () => call('book_seats', { show: 'Hamlet' }),
    },
  };
}

function mcpdo() {
  const command = (...args) => run('mcpdo', ['--format', 'json', '--connection', 'interop', ...args]);
  return {
    describe: 'connections/show',
    open: () => run('mcpdo', ['--format', 'json', '--config', config, 'connect', 'interop']),
    close: () => run('mcpdo', ['daemon', 'stop']),
    command,
    call: (name, args) => command('tools/call', name, JSON.stringify(args)),
    read: uri => command('resources/read', uri),
    prompt: (name, pairs) => command('prompts/get', name, '--prompt-args', ...pairs),
    checks: { completion, progress: () => printedFor(/counted \d/g), log, elicitation },
  };

  async function completion() {
    const of = ['--complete-ref-type', 'ref/prompt', '--complete-ref', 'summarize'];
    const typed = ['--complete-arg-name', 'region', '--complete-arg-value', 'am'];
    return (await answer(command('prompts/complete', ...of, ...typed))).values;
  }

  async function log() {
    const args = ['--format', 'json', '--connection', 'interop', 'logging/tail'];
    const tail = spawn('mcpdo', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    tail.stdout.setEncoding('utf8').on('data', text => {
      printed += text;
    });
    // It does not say when it has begun to listen: so messages are sent until one is seen.
    while (!printed.includes('\n}')) {
      await program.call('count_slowly', {});
      await sleep(200);
    }
    tail.kill();
    const { level, logger, data } = JSON.parse(printed.slice(0, printed.indexOf('\n}') + 2)).message.params;
    return [{ level, logger, data }];
  }

  async function elicitation() {
    const asked = [];
    const accepted = textOf(await answerAll(program.call('book_seats', { show: 'Hamlet' }), asked));
    const declined = textOf(await answerAll(program.call('book_seats', { show: 'Macbeth' }), asked));
    return { asked, accepted, declined };
  }

  /** The result of a call, after the questions that come instead of it have been answered. */
  async function answerAll(finished, asked) {
    const printed = await answer(finished);
    if (printed.elicitationPending === undefined) return printed;
    const { elicitationId, message, requestedSchema } = printed.elicitationPending;
    asked.push({ message, requestedSchema });
    const { action, content } = answers.elicitation[message];
    const form = action === 'accept' ? JSON.stringify(content) : `--${action}`;
    return answerAll(command('elicitation/respond', elicitationId, form), asked);
  }
}

/** What a call that reports and logs makes the program print beside its result. It is made once: it is slow. */
async function printedFor(pattern) {
  told ??= program.call('count_slowly', {});
  const { stdout, stderr } = await told;
  return `${stdout}\n${stderr}`.match(pattern) ?? 'nothing printed';
}

function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ stdout, stderr });
    });
    child.stdin.end();
  });
}
