import { pathToFileURL } from 'node:url';
import type { GuestHandler, GuestModule, HandlerFault, ModuleFailure } from '@mxcp-ts/guest';
import { describeThrown } from './describe-thrown.ts';

export type HandlerFunction = (args: object) => unknown;

export interface LoadedHandlers {
  /** Beside `handlers`; undefined where there is no function to call. */
  readonly functions: readonly (HandlerFunction | undefined)[];
  readonly failures: readonly ModuleFailure[];
  readonly faults: readonly HandlerFault[];
}

/** Loads every module, one after the other in the order given, and finds the functions to call. */
export async function loadHandlers(
  modules: readonly GuestModule[],
  handlers: readonly GuestHandler[],
): Promise<LoadedHandlers> {
  const loaded: (object | undefined)[] = [];
  const failures: ModuleFailure[] = [];
  for (const [index, { file }] of modules.entries()) {
    try {
      loaded.push(await import(pathToFileURL(file).href));
    } catch (error) {
      loaded.push(undefined);
      failures.push({ module: index, error: describeThrown(error) });
    }
  }
  const functions: (HandlerFunction | undefined)[] = [];
  const faults: HandlerFault[] = [];
  for (const [index, handler] of handlers.entries()) {
    const name = handler.function ?? handler.endpoint;
    const module = loaded[handler.module];
    const found = module === undefined ? undefined : findFunction(module, name);
    functions.push(found);
    if (module !== undefined && found === undefined) {
      const path = modules[handler.module]?.path ?? 'the file';
      faults.push({ handler: index, message: `The export "${name}" of ${path} is not a function.` });
    }
  }
  return { functions, failures, faults };
}

/** A CommonJS file has its exports in `default` once it is bundled. */
function findFunction(module: object, name: string): HandlerFunction | undefined {
  const own = exportOf(module, name);
  if (isFunction(own)) return own;
  const whole = exportOf(module, 'default');
  const nested = typeof whole === 'object' && whole !== null ? exportOf(whole, name) : undefined;
  return isFunction(nested) ? nested : undefined;
}

function exportOf(module: object, name: string): unknown {
  return Object.hasOwn(module, name) ? (module as Record<string, unknown>)[name] : undefined;
}

function isFunction(value: unknown): value is HandlerFunction {
  return typeof value === 'function';
}
