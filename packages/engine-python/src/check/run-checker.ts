import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Interpreter } from '../interpreter/find-interpreter.ts';
import { pythonEnvironment } from '../interpreter/python-environment.ts';
import type { OutlineRequest, ProjectOutline } from './outline.ts';
import { parseOutline } from './parse-outline.narrow.ts';

export interface CheckerOptions {
  readonly interpreter: Interpreter;
  readonly sdkFolder: URL;
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Lets the interpreter describe files, in one process that imports nothing of the project. */
export async function runChecker(request: OutlineRequest, options: CheckerOptions): Promise<ProjectOutline> {
  const { interpreter, sdkFolder, root, env } = options;
  const script = fileURLToPath(new URL('mxcp_guest/check.py', sdkFolder));
  const child = spawn(interpreter.executable, [script], {
    cwd: root,
    env: { ...pythonEnvironment(interpreter, root, env), PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const chunks = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', text => {
    chunks.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    chunks.stderr += text;
  });
  // A checker that ended early does not read its input; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(request));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The Python checker ended with code ${code}: ${chunks.stderr.trim()}`);
  return parseOutline(chunks.stdout);
}
