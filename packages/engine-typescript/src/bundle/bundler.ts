import { createRequire } from 'node:module';

export type Esbuild = typeof import('esbuild');

export interface Bundler {
  /**
   * Runs work that needs esbuild, whose process (15 MiB) ends when it has been unused for `keepMs`.
   *
   * @param keepMs - 0 when nothing is likely to follow soon
   */
  use<T>(keepMs: number, work: (esbuild: Esbuild) => Promise<T>): Promise<T>;
}

/** Makes esbuild available: loaded at first use, since most commands on most projects are quicker without it. */
export function createBundler(): Bundler {
  let esbuild: Esbuild | undefined;
  let users = 0;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    void esbuild?.stop();
    esbuild = undefined;
  };
  return {
    async use(keepMs, work) {
      clearTimeout(timer);
      esbuild ??= loadOwnEsbuild();
      users += 1;
      try {
        return await work(esbuild);
      } finally {
        users -= 1;
        // `stop` would leave builds that still run waiting for ever.
        if (users === 0 && keepMs === 0) end();
        else if (users === 0) timer = setTimeout(end, keepMs).unref();
      }
    },
  };
}

/**
 * A copy of esbuild's module with a process of its own. The copy that `import` gives belongs to everybody in this process:
 * to stop its process would hang their builds.
 */
function loadOwnEsbuild(): Esbuild {
  const require = createRequire(import.meta.url);
  const path = require.resolve('esbuild');
  const shared = require.cache[path];
  delete require.cache[path];
  try {
    return require('esbuild');
  } finally {
    if (shared === undefined) delete require.cache[path];
    else require.cache[path] = shared;
  }
}
