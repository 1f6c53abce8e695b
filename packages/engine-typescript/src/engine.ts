import type { HandlerEngine } from '@mxcp-ts/engine';
import { createBundler } from './bundle/bundler.ts';
import { checkCode } from './check/check-code.ts';
import { codeEndpointsOf } from './code-endpoint.ts';
import { startEngine } from './start/start-engine.ts';

export interface TypeScriptEngineOptions {
  /** The built entry file of packages/sdk-typescript's guest. */
  readonly guestFile: URL;
  /** The built module that `mxcp-ts/runtime` means in handlers. */
  readonly runtimeFile: URL;
}

/** The engine for handlers in TypeScript and JavaScript: bundled with esbuild, run in a Node process of their own. */
export function createTypeScriptEngine(options: TypeScriptEngineOptions): HandlerEngine {
  const parts = { ...options, bundler: createBundler() };
  return {
    language: 'typescript',
    check: (endpoints, project) => checkCode(codeEndpointsOf(endpoints), project, parts),
    start: (endpoints, host) => startEngine(codeEndpointsOf(endpoints), host, parts),
  };
}
