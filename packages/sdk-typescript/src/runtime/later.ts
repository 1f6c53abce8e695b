/** Plug-ins of the project. Not available yet: each function raises an error that says so. */
export const plugins = Object.freeze({
  get(_name: string): never {
    throw notYet('plugins.get');
  },
  list(): never {
    throw notYet('plugins.list');
  },
});

/** Replaces the database file while the server runs. Not available yet. */
export function reloadDuckdb(_payload?: () => unknown, _description?: string): never {
  throw notYet('reloadDuckdb');
}

/** Reports progress to the client. Not available yet. */
export function progress(_progress: number, _total?: number, _message?: string): never {
  throw notYet('progress');
}

function notYet(name: string): Error {
  return new Error(`${name} is not available in this version of mxcp-ts.`);
}
