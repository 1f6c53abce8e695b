import { accessSync, constants } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import type { Interpreter } from './find-interpreter.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of a Python process: its interpreter's programs come first, as after `activate`. */
export function pythonEnvironment(interpreter: Interpreter, root: string, env: Environment): Environment {
  const path = [dirname(interpreter.executable), env['PATH']].filter(Boolean).join(delimiter);
  return {
    ...env,
    PATH: path,
    VIRTUAL_ENV: interpreter.virtualEnv,
    PYTHONUNBUFFERED: '1',
    ...(!isWritable(root) && { PYTHONDONTWRITEBYTECODE: '1' }),
  };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
