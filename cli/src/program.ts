import { readVersion } from '@mxcp-ts/mxcp';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from './command-context.ts';
import { runCommand } from './run-command.ts';

/** Runs the command line to its exit code. Each command's module is loaded only when it is the one that was asked for. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const isJson = args.includes('--json') || args.includes('--json-output');
  let exitCode = 0;
  const start =
    (load: () => Promise<Start>) =>
    async (...received: unknown[]) => {
      const command = received.at(-1) as Command;
      const { projectDir, profile, json, jsonOutput, debug, ...options } = command.optsWithGlobals();
      const context: CommandContext = {
        folder: projectDir ?? process.cwd(),
        profile,
        isJson: json === true || jsonOutput === true,
        isDebug: debug === true,
      };
      exitCode = await runCommand(context, async () =>
        (await load())(command.processedArgs as never, options as never, context),
      );
    };
  try {
    await buildProgram(start).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return endOfUsage(error, isJson);
    throw error;
  }
}

// The options and arguments are those declared below; each command names the ones it reads in a type of its own.
type Start = (args: never, options: never, context: CommandContext) => Promise<number>;

function buildProgram(start: (load: () => Promise<Start>) => (...received: unknown[]) => Promise<void>): Command {
  const program = withCommonOptions(new Command('mxcp-ts'))
    .description('Serves a folder of YAML, SQL, TypeScript and Python as MCP tools, resources and prompts.')
    .version(readVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showHelpAfterError(false);

  const add = (name: string, summary: string) =>
    withCommonOptions(program.command(name))
      .description(summary)
      .exitOverride()
      .configureOutput({ writeErr: () => {} });

  add('init', 'make a new project')
    .argument('[folder]', 'where to make it', '.')
    .option('--project <name>', 'name of the project (default: name of the folder)')
    .option('--bootstrap', 'add a sample tool in each language')
    .option('-y, --yes', 'ask nothing')
    .option('--client-config', 'write server_config.json for Claude Desktop and other clients')
    .option('--no-client-config', 'do not write it')
    .action(start(async () => (await import('./commands/init.ts')).init));

  add('validate', 'check the project without running any of it')
    .argument('[targets...]', 'endpoint files or names (default: all)')
    .option('--strict', 'treat warnings as errors')
    .addOption(
      new Option('--format <format>', 'how findings are printed').choices(['pretty', 'line']).default('pretty'),
    )
    .addOption(readOnlyOption())
    .action(start(async () => (await import('./commands/validate.ts')).validate));

  add('list', 'list the endpoints of the project').action(start(async () => (await import('./commands/list.ts')).list));

  add('run', 'run one endpoint')
    .argument('<type>', 'tool, resource or prompt', parseKind)
    .argument('<name>', 'name of the tool or prompt, or URI of the resource')
    .option('-p, --param <name=value>', 'an argument; name=@file.json reads JSON from a file', collect, [])
    .addOption(readOnlyOption())
    .action(start(async () => (await import('./commands/run.ts')).run));

  add('query', 'run SQL against the project database')
    .argument('[sql]', 'the statement')
    .option('--file <path>', 'read the SQL from a file')
    .option('-p, --param <name=value>', 'a value for $name; name=@file.json reads JSON from a file', collect, [])
    .addOption(readOnlyOption())
    .action(start(async () => (await import('./commands/query.ts')).query));

  add('serve', 'serve the project over MCP')
    .addOption(
      new Option('--transport <kind>', 'how clients connect').choices(['streamable-http', 'http', 'sse', 'stdio']),
    )
    .option('--port <number>', 'port for HTTP', parsePort)
    .option('--host <address>', 'address to listen on')
    .addOption(new Option('--sql-tools <flag>', 'offer the SQL tools').choices(['true', 'false']))
    .option('--stateless', 'keep no sessions for clients of the 2025 revisions')
    .option('--ignore-errors', 'leave out endpoints with errors and serve the rest')
    .addOption(readOnlyOption())
    .action(start(async () => (await import('./commands/serve.ts')).serve));

  return program;
}

function withCommonOptions(command: Command): Command {
  return command
    .option('-C, --project-dir <folder>', 'work in this project instead of the current folder')
    .option('--profile <name>', 'profile to use (default: MXCP_PROFILE, then the site file)')
    .addOption(new Option('--json, --json-output', 'print one JSON document to stdout'))
    .option('--debug', 'log everything, show stack traces of our own errors');
}

function readOnlyOption(): Option {
  return new Option('--readonly', 'open the database read-only');
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  if (!value.includes('=')) throw new InvalidArgumentError('It must look like name=value.');
  return [...previous, value];
}

function parseKind(value: string): string {
  if (!['tool', 'resource', 'prompt'].includes(value))
    throw new InvalidArgumentError('It must be tool, resource or prompt.');
  return value;
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return port;
}

function endOfUsage(error: CommanderError, isJson: boolean): number {
  if (error.exitCode === 0) return 0;
  const message = error.message.replace(/^error: /, '');
  // Commander throws this after it printed the help for a bare `mxcp-ts`.
  if (error.code === 'commander.help') return 0;
  if (isJson) process.stdout.write(`${JSON.stringify({ status: 'error', error: message, code: 'usage' }, null, 2)}\n`);
  process.stderr.write(`${message}\nRun \`mxcp-ts --help\` or \`mxcp-ts <command> --help\`.\n`);
  return 2;
}
