import { mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Log, LogLevel } from '@mxcp-ts/engine';
import type { LoggingConfig, SecretDefinition } from '@mxcp-ts/project';
import { createStream } from 'rotating-file-stream';

export interface LogOptions {
  readonly config: LoggingConfig;
  /** `--debug`: everything, whatever the config says. */
  readonly isDebug: boolean;
  /** Those of the project as it was read last; earlier ones stay masked. */
  readonly secrets: () => readonly SecretDefinition[];
  /** Where lines for the operator go; stderr. */
  readonly writeLine: (line: string) => void;
}

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3 };
const threshold = { DEBUG: 0, INFO: 1, WARNING: 2, ERROR: 3, CRITICAL: 4 } as const;

/** A log to stderr and, when configured, to a rotating file. Values of known secrets are masked in every line. */
export function createLog({ config, isDebug, secrets, writeLine }: LogOptions): Log {
  const least = isDebug ? 0 : threshold[config.level];
  const mask = createMask(secrets);
  const writeFile =
    config.enabled && config.path !== undefined ? openLogFile(config.path, config, writeLine) : undefined;
  return (level, message, fields) => {
    // What user code prints is shown whatever the level: its author asked for it.
    const isPrinted = fields?.logger === 'print' && level !== 'debug';
    if (rank[level] < least && !isPrinted) return;
    const origin = [fields?.endpoint, fields?.call === undefined ? undefined : `#${fields.call}`, fields?.logger];
    const prefix = origin.filter(part => part !== undefined).join(' ');
    const text = mask(`${level.toUpperCase()} ${prefix === '' ? '' : `[${prefix}] `}${message}`);
    writeLine(text);
    writeFile?.(`${new Date().toISOString()} ${text}\n`);
  };
}

/** Old files are `name.1` (the newest) to `name.N`. A log that cannot be written costs its lines, never the server its life. */
function openLogFile(
  path: string,
  { maxBytes, backupCount }: LoggingConfig,
  writeLine: LogOptions['writeLine'],
): ((line: string) => void) | undefined {
  let isBroken = false;
  const giveUp = (error: unknown) => {
    if (!isBroken) writeLine(`WARNING The log file ${path} cannot be written. ${String(error)}`);
    isBroken = true;
  };
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    giveUp(error);
    return undefined;
  }
  const name = basename(path);
  const stream = createStream(index => (index === null ? name : `${name}.${String(index)}`), {
    path: dirname(path),
    // Without old files to keep there is nothing to rotate into.
    ...(backupCount > 0 && { size: `${maxBytes}B`, rotate: backupCount }),
  });
  stream.on('error', giveUp);
  return line => {
    if (!isBroken) stream.write(line);
  };
}

/**
 * Replaces every secret value that has been known so far by `****`. Very short values are left: masking them would hide
 * ordinary text.
 */
export function createMask(secrets: () => readonly SecretDefinition[]): (text: string) => string {
  const values = new Set<string>();
  let longestFirst: readonly string[] = [];
  let read: readonly SecretDefinition[] | undefined;
  return text => {
    const current = secrets();
    if (current !== read) {
      read = current;
      for (const value of current.flatMap(({ parameters }) => textsOf(parameters)))
        if (value.length >= 5) values.add(value);
      longestFirst = [...values].sort((a, b) => b.length - a.length);
    }
    return longestFirst.reduce((masked, value) => masked.replaceAll(value, '****'), text);
  };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
