export type Esbuild = typeof import('esbuild');

/**
 * Loads esbuild when it is first needed: most commands on most projects are quicker without it. Its process (20 MB) stays
 * until ours ends, because `esbuild.stop` would hang the builds of everybody else in this process.
 */
export async function loadEsbuild(): Promise<Esbuild> {
  return import('esbuild');
}
