import { inspect } from 'node:util';
import type { GuestError } from '@mxcp-ts/guest';

/** Anything that was thrown, as it goes over the wire. Never throws itself. */
export function describeThrown(thrown: unknown): GuestError {
  try {
    return thrown instanceof Error ? describeError(thrown) : describeOther(thrown);
  } catch {
    return { type: 'Error', message: 'An error was thrown that cannot be described.' };
  }
}

function describeError(error: Error): GuestError {
  const stack = fullStack(error, 3);
  const missing = missingPackageOf(error);
  return {
    type: typeof error.name === 'string' && error.name !== '' ? error.name : 'Error',
    message: String(error.message),
    ...(stack !== undefined && { stack }),
    ...('isForUser' in error && error.isForUser === true && { isForUser: true }),
    ...(missing !== undefined && { missingPackage: missing }),
  };
}

function describeOther(thrown: unknown): GuestError {
  const message = typeof thrown === 'string' ? thrown : inspect(thrown, { depth: 2 });
  return { type: thrown === null ? 'null' : typeof thrown, message };
}

/** Reading `stack` maps it to the author's lines, because the guest runs with source maps. */
function fullStack(error: Error, depth: number): string | undefined {
  if (typeof error.stack !== 'string') return undefined;
  const own = withoutInternalFrames(error.stack);
  if (!(error.cause instanceof Error) || depth === 0) return own;
  return `${own}\nCaused by: ${fullStack(error.cause, depth - 1) ?? String(error.cause)}`;
}

function withoutInternalFrames(stack: string): string {
  const lines = stack.split('\n');
  const isFrame = (line: string) => /^\s+at /.test(line);
  // Below the frame that called the handler there is nothing of the author's.
  const caller = lines.findIndex(line => isFrame(line) && line.includes('sdk-typescript/src/guest/call-runner'));
  const isInternal = (line: string) => isFrame(line) && (line.includes('node:') || ownSources.test(line));
  return (caller === -1 ? lines : lines.slice(0, caller)).filter(line => !isInternal(line)).join('\n');
}

/** Frames of the guest, as the source map of the build names them. */
const ownSources = /(?:sdk-typescript|packages\/guest)\/src\//;

function missingPackageOf(error: Error): string | undefined {
  const code = 'code' in error ? error.code : undefined;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return undefined;
  const specifier = /Cannot find (?:package|module) '([^'./][^']*)'/.exec(error.message)?.[1];
  return specifier
    ?.split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
