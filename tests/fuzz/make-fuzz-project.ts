import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../support/make-project.ts';
import { marker } from './invariants/leaks.ts';

const source = fileURLToPath(new URL('./project', import.meta.url));
export const repository: string = fileURLToPath(new URL('../..', import.meta.url));

/** The values of the secrets of the project. */
export const secrets: readonly string[] = [`${marker}-config-secret`, `${marker}-environment-secret`];

/** A copy of `project`, in a folder of its own. */
export function makeFuzzProject(): { readonly folder: string; readonly env: Readonly<Record<string, string>> } {
  const folder = makeFolder();
  cpSync(source, folder, { recursive: true });
  return { folder, env: { MXCP_CONFIG: join(folder, 'config.yml'), FUZZ_TOKEN: `${marker}-environment-secret` } };
}
