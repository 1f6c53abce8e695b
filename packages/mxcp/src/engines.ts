import type { HandlerEngine } from '@mxcp-ts/engine';
import { createJinjaEngine } from '@mxcp-ts/engine-jinja';
import { createPythonEngine } from '@mxcp-ts/engine-python';
import { createSqlEngine } from '@mxcp-ts/engine-sql';
import { createTypeScriptEngine } from '@mxcp-ts/engine-typescript';
import { installation } from './installation.ts';

/** The engines that are built in. This list is the only place that names them. */
export function builtInEngines(): readonly HandlerEngine[] {
  return [
    createSqlEngine({ threadFile: installation.databaseThread }),
    createTypeScriptEngine({ guestFile: installation.typescriptGuest, runtimeFile: installation.runtimeModule }),
    createPythonEngine({ sdkFolder: installation.pythonSdk }),
    createJinjaEngine(),
  ];
}
