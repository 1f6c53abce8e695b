import type { HandlerEngine } from '@mxcp-ts/engine';
import { checkEndpoints } from './check/check-endpoints.ts';
import { rememberProbes } from './interpreter/find-interpreter.ts';
import { pythonEndpoints } from './python-endpoints.ts';
import { startPython } from './start/start-python.ts';

export interface PythonEngineOptions {
  /** The folder that holds the Python packages `mxcp` and `mxcp_guest`. */
  readonly sdkFolder: URL;
  /** Where interpreters are looked for; the process environment when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The engine for `language: python`: a static check by the interpreter's own parser, and one guest process for all handlers. */
export function createPythonEngine({ sdkFolder, env = process.env }: PythonEngineOptions): HandlerEngine {
  // `check` and `start` follow each other, and a probe is a whole start of the interpreter.
  const parts = { sdkFolder, env, probe: rememberProbes() };
  return {
    language: 'python',
    check: (endpoints, project) => checkEndpoints(pythonEndpoints(endpoints), project, parts),
    start: (endpoints, host) => startPython(pythonEndpoints(endpoints), host, parts),
  };
}
