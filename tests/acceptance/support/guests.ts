import { expect } from 'vitest';
import { descendantsOf, programOf } from '../../support/process-tree.ts';

const programs = { ts: 'typescript-guest', py: 'python' } as const;

/** The process that runs the handlers of a language, below a server. */
export function findGuest(server: number, language: keyof typeof programs): number | undefined {
  return descendantsOf(server).find(pid => programOf(pid).includes(programs[language]));
}

/** Ends it with `kill -9`, and waits until the server has taken note. */
export async function killGuest(server: number, language: keyof typeof programs): Promise<void> {
  const pid = findGuest(server, language);
  if (pid === undefined) throw new Error(`No process runs ${programs[language]} below ${server}.`);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => descendantsOf(server), { timeout: 10_000 }).not.toContain(pid);
}
