import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Project } from '@mxcp-ts/project';

export interface Interpreter {
  /** Absolute path of the program. */
  readonly executable: string;
  /** `3.11.7` */
  readonly version: string;
  /** The folder of the virtual environment it belongs to, if any. */
  readonly virtualEnv: string | undefined;
}

export type FoundInterpreter =
  | { readonly ok: true; readonly interpreter: Interpreter }
  /** `message` and `hint` are sentences. */
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** What is behind a command; undefined when it is no interpreter that runs. */
export type Probe = (command: string, cwd: string, env: Environment) => Promise<Interpreter | undefined>;

type Environment = Readonly<Record<string, string | undefined>>;

interface Candidate {
  readonly command: string;
  /** Where the choice comes from, as the end of a sentence. */
  readonly origin: string;
  /** A choice that somebody made is not passed over when it does not work. */
  readonly isChosen: boolean;
}

/**
 * The interpreter of a project: `python.interpreter` of the site file, else its `.venv`, else `$VIRTUAL_ENV`, else
 * `python3` or `python` on the path. It has to be 3.10 or newer.
 */
export async function findInterpreter(
  project: Project,
  env: Environment,
  probe: Probe = probeInterpreter,
): Promise<FoundInterpreter> {
  const tried: string[] = [];
  for (const candidate of candidatesOf(project, env)) {
    const probed = await probe(candidate.command, project.root, env);
    if (probed !== undefined && isRecent(probed.version)) return { ok: true, interpreter: probed };
    tried.push(`${candidate.command} (${candidate.origin}) ${describeProbe(probed)}`);
    if (candidate.isChosen) break;
  }
  return {
    ok: false,
    message: `There is no usable Python interpreter: ${tried.join('; ')}.`,
    hint: 'Install Python 3.10 or newer, or name an interpreter in the site file as `python.interpreter`.',
  };
}

function candidatesOf({ root, config }: Project, env: Environment): readonly Candidate[] {
  const configured = config.pythonInterpreter;
  if (configured !== undefined) {
    const command = /[\\/]/.test(configured) ? resolve(root, configured) : configured;
    return [{ command, origin: 'python.interpreter', isChosen: true }];
  }
  const inProject = programOf(join(root, '.venv'));
  if (existsSync(inProject)) return [{ command: inProject, origin: 'the project’s .venv', isChosen: true }];
  const active = env['VIRTUAL_ENV'];
  return [
    ...(active ? [{ command: programOf(active), origin: '$VIRTUAL_ENV', isChosen: false }] : []),
    { command: 'python3', origin: 'on the path', isChosen: false },
    { command: 'python', origin: 'on the path', isChosen: false },
  ];
}

function programOf(virtualEnv: string): string {
  return process.platform === 'win32' ? join(virtualEnv, 'Scripts', 'python.exe') : join(virtualEnv, 'bin', 'python');
}

// Runs on Python 2 too, so that it can be named as too old.
const probeScript =
  'import sys; v = sys.prefix != getattr(sys, "base_prefix", sys.prefix);' +
  'sys.stdout.write("\\n".join([sys.executable, ".".join(map(str, sys.version_info[:3])), sys.prefix if v else ""]))';

/** A probe that asks each interpreter once; what did not run is asked again. */
export function rememberProbes(): Probe {
  const known = new Map<string, Interpreter>();
  return async (command, cwd, env) => {
    const key = JSON.stringify([command, cwd]);
    const probed = known.get(key) ?? (await probeInterpreter(command, cwd, env));
    if (probed !== undefined) known.set(key, probed);
    return probed;
  };
}

function probeInterpreter(command: string, cwd: string, env: Environment): Promise<Interpreter | undefined> {
  return new Promise(settle => {
    // -I: nothing of the project or of PYTHONPATH is run by asking for a version.
    execFile(command, ['-I', '-c', probeScript], { cwd, env: { ...env }, timeout: 20_000 }, (error, stdout) => {
      const [executable, version, virtualEnv] = stdout.split(/\r?\n/);
      if (error !== null || !executable || !version) return settle(undefined);
      settle({ executable, version, virtualEnv: virtualEnv || undefined });
    });
  });
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 10);
}

function describeProbe(probed: Interpreter | undefined): string {
  return probed === undefined ? 'does not run' : `is Python ${probed.version}, older than 3.10`;
}
