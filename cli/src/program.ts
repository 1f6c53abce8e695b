// By itself: `--version`, `--help` and refused usages need nothing else of the package.
import { readVersion } from '@mxcp-ts/mxcp/installation';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { print, printJson } from './output/print.ts';
import { projectFolder } from './project-folder.ts';
import { runCommand } from './run-command.ts';
import { usageError } from './usage-error.ts';

/** Runs the command line to its exit code. Each command's module is loaded only when it is the one that was asked for. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const isJson = wantsJson(args);
  let exitCode = 0;
  const start =
    (load: () => Promise<Start>) =>
    async (...received: unknown[]) => {
      const command = received.at(-1) as Command;
      const { projectDir, profile, json, jsonOutput, debug, ...options } = command.optsWithGlobals();
      const context = {
        cwd: process.cwd(),
        profile,
        isJson: json === true || jsonOutput === true,
        isDebug: debug === true,
      };
      exitCode = await runCommand(context, async () => {
        const run = await load();
        return run(command.processedArgs as never, options as never, { ...context, folder: projectFolder(projectDir) });
      });
    };
  const printed: string[] = [];
  const parsing = buildProgram(start, text => void printed.push(text))
    .parseAsync(args, { from: 'user' })
    .then(() => exitCode);
  const ended = await parsing.catch(async (error: unknown) => {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return 0;
    return await runCommand({ isJson, isDebug: false }, () => Promise.reject(usageError(error)));
  });
  const text = printed.join('').trimEnd();
  if (text !== '' && isJson) printJson({ status: 'ok', result: text });
  else if (text !== '') print(text);
  return ended;
}

/** What stands behind a bare `--` is an argument, whatever it looks like. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return options.includes('--json') || options.includes('--json-output');
}

// The options and arguments are those declared below; each command names the ones it reads in a type of its own.
type Start = (args: never, options: never, context: CommandContext) => Promise<number>;

function buildProgram(
  start: (load: () => Promise<Start>) => (...received: unknown[]) => Promise<void>,
  writeHelp: (text: string) => void,
): Command {
  // Help for a bare `mxcp-ts` comes to writeErr; what is wrong with a usage comes there too, and is told by `usageError`.
  const program = withCommonOptions(new Command('mxcp-ts'))
    .description('Serves a folder of YAML, SQL, TypeScript and Python as MCP tools, resources and prompts.')
    .version(readVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: writeHelp, writeErr: writeHelp, outputError: () => {} });

  const add = (name: string, summary: string) =>
    withCommonOptions(program.command(name))
      .description(summary)
      .exitOverride()
      .configureOutput({ writeOut: writeHelp, writeErr: () => {} });

  add('init', 'make a new project')
    .argument('[folder]', 'where to make it', '.')
    .option('--project <name>', 'name of the project (default: name of the folder)')
    .option('--bootstrap', 'add a sample tool in each language')
    .option('-y, --yes', 'ask nothing')
    .option('--client-config', 'write server_config.json for Claude Desktop and other clients')
    .option('--no-client-config', 'do not write it')
    .action(start(async () => (await import('./commands/init.ts')).init));

  withReadOnly(
    add('validate', 'check the project without running any of it')
      .argument('[targets...]', 'endpoint files, folders or names (default: all)')
      .option('--strict', 'treat warnings as errors')
      .option('--infer', 'print the return blocks that endpoints lack')
      .addOption(
        new Option('--format <format>', 'how findings are printed')
          .choices(['pretty', 'line', 'github', 'sarif'])
          .default('pretty'),
      ),
  ).action(start(async () => (await import('./commands/validate.ts')).validate));

  add('list', 'list the endpoints of the project').action(start(async () => (await import('./commands/list.ts')).list));

  withReadOnly(
    add('run', 'run one endpoint')
      .argument('<type>', 'tool, resource or prompt', parseKind)
      .argument('<name>', 'name of the tool or prompt, or URI of the resource')
      .addOption(paramOption('an argument'))
      .option('-u, --user-context <json>', 'who calls: a JSON object, or @file.json')
      .option('--request-headers <json>', 'headers of the request: a JSON object, or @file.json')
      .addOption(
        new Option('--answer <key=value>', 'an answer to a question of the handler: JSON, text or @file')
          .argParser(collect)
          .default([], 'none'),
      )
      .option('--output <file>', 'write the picture, sound, file or text of the result into a file')
      .option('--skip-output-validation', 'print the result even if it does not fit its declared type'),
  ).action(start(async () => (await import('./commands/run.ts')).run));

  withReadOnly(
    add('query', 'run SQL against the project database')
      .argument('[sql]', 'the statement')
      .option('--file <path>', 'read the SQL from a file')
      .addOption(paramOption('a value for $name')),
  ).action(start(async () => (await import('./commands/query.ts')).query));

  withReadOnly(
    add('serve', 'serve the project over MCP')
      .addOption(
        new Option('--transport <kind>', 'how clients connect').choices(['streamable-http', 'http', 'sse', 'stdio']),
      )
      .option('--port <number>', 'port for HTTP', parsePort)
      .option('--host <address>', 'address to listen on')
      .addOption(new Option('--sql-tools <flag>', 'offer the SQL tools').choices(['true', 'false']))
      .option('--stateless', 'keep no sessions for clients of the 2025 revisions')
      .option('--ignore-errors', 'leave out endpoints with errors and serve the rest')
      .option('--watch', 'reload when a file of the project changes'),
  ).action(start(async () => (await import('./commands/serve.ts')).serve));

  add('status', 'tell how the running server is').action(
    start(async () => (await import('./commands/status.ts')).status),
  );

  add('reload', 'let the running server read the project again').action(
    start(async () => (await import('./commands/reload.ts')).reload),
  );

  add('types', 'write the types that handlers are checked against')
    .option('--check', 'write nothing; exit 1 when they are out of date')
    .option('--out <folder>', 'where to write them')
    .action(start(async () => (await import('./commands/types.ts')).types));

  return program;
}

function withCommonOptions(command: Command): Command {
  return command
    .option('-C, --project-dir <folder>', 'work in this project instead of the current folder')
    .option('--profile <name>', 'profile to use (default: MXCP_PROFILE, then the site file)')
    .addOption(new Option('--json, --json-output', 'print one JSON document to stdout'))
    .option('--debug', 'log everything, show stack traces of our own errors');
}

function withReadOnly(command: Command): Command {
  return command
    .option('--readonly', 'open the database read-only (default: MXCP_READONLY, then the profile)')
    .option('--no-readonly', 'open it for writing, whatever the profile says');
}

function paramOption(what: string): Option {
  return new Option(
    '-p, --param <name=value>',
    `${what}; name=@file.json reads JSON from a file, name=@@x is the text @x`,
  )
    .argParser(collect)
    .default([], 'none');
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  if (value.indexOf('=') < 1) throw new InvalidArgumentError('It must look like name=value.');
  return [...previous, value];
}

function parseKind(value: string): string {
  if (!['tool', 'resource', 'prompt'].includes(value))
    throw new InvalidArgumentError('It must be tool, resource or prompt.');
  return value;
}

function parsePort(value: string): number {
  const port = Number(value);
  if (value.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}
