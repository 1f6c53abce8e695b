import { vi } from 'vitest';
import type { Finished } from '../../../tests/support/program.ts';
import { runProgram } from '../../src/program.ts';

/** Runs the command line inside of the test, which is quick: for what needs no process of its own. */
export async function runHere(args: readonly string[]): Promise<Finished> {
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation(text => {
      output[name] += String(text);
      return true;
    }),
  );
  try {
    return { exitCode: await runProgram(args), ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
