import { Writable } from 'node:stream';
import { format } from 'node:util';
import type { CallRunner } from './call-runner.ts';

type Level = 'debug' | 'info' | 'warning' | 'error';
type WritePrinted = (level: Level, text: string, call?: number) => void;

/**
 * Turns `console`, `process.stdout` and `process.stderr` into log messages that know their call. What bypasses them (a raw
 * write, a subprocess) goes to file descriptors 1 and 2, which are the host's stderr.
 */
export function captureOutput(log: WritePrinted, calls: CallRunner): void {
  for (const [method, level] of consoleLevels) {
    console[method] = (...message: unknown[]) => log(level, format(...message));
  }
  for (const [name, fd] of [
    ['stdout', 1],
    ['stderr', 2],
  ] as const) {
    const stream = Object.assign(lineStream(log, calls), { fd, isTTY: false });
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
  }
}

const consoleLevels = [
  ['debug', 'debug'],
  ['log', 'info'],
  ['info', 'info'],
  ['warn', 'warning'],
  ['error', 'error'],
] as const;

/** Gives whole lines to the log; what a call leaves without a line break is given when it ends. */
function lineStream(log: WritePrinted, calls: CallRunner): Writable {
  const partial = new Map<number | undefined, string>();
  const stream = new Writable({ decodeStrings: false });
  // `write` is replaced, not `_write`: a stream calls `_write` later, when the current call may be another one.
  stream.write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    const call = calls.scope.call?.id;
    const lines = ((partial.get(call) ?? '') + textOf(chunk, encoding)).split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) log('info', line, call);
    if (rest === '') partial.delete(call);
    else partial.set(call, rest);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  calls.onEnd(call => {
    const rest = partial.get(call);
    if (rest === undefined) return;
    partial.delete(call);
    log('info', rest, call);
  });
  return stream;
}

function textOf(chunk: unknown, encoding: unknown): string {
  if (typeof chunk !== 'string')
    return chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : String(chunk);
  return encoding === 'hex' || encoding === 'base64' ? Buffer.from(chunk, encoding).toString('utf8') : chunk;
}
