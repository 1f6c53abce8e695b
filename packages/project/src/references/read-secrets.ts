import { diagnostic } from '@mxcp-ts/diagnostics';
import type { ReferenceProblem, SecretReader, SecretSource } from '@mxcp-ts/plugin-api';
import { readTimeoutMs } from '../endpoint/read-timeout.ts';
import type { SecretReference } from './collect-references.ts';
import { inParallel } from './in-parallel.ts';
import { loadSource, openSource } from './open-source.ts';
import { secretPlugins } from './secret-plugins.ts';
import { bodyOf, describeBreak, type SecretsReading, type SourceReading } from './secrets-reading.ts';
import { withDeadline } from './with-deadline.ts';

const defaultTimeoutMs = 10_000;

/** So many are asked for at a time. */
const parallel = 8;

/** Reads every distinct reference once; those that cannot be read are reported, and are not in the result. */
export async function readSecrets(
  references: readonly SecretReference[],
  reading: SecretsReading,
): Promise<ReadonlyMap<string, unknown>> {
  const values = new Map<string, unknown>();
  const schemes = [...new Set(references.map(({ scheme }) => scheme))];
  await Promise.all(
    schemes.map(async scheme => {
      const plugin = secretPlugins[scheme];
      const { timeout } = reading.settings.of(plugin.block);
      const timeoutMs = readTimeoutMs(
        typeof timeout === 'string' || typeof timeout === 'number' ? timeout : undefined,
        defaultTimeoutMs,
      );
      const own = references.filter(reference => reference.scheme === scheme);
      await readFrom({ ...reading, plugin, references: own, timeoutMs }, values);
    }),
  );
  return values;
}

async function readFrom(reading: SourceReading, values: Map<string, unknown>): Promise<void> {
  if (reading.settings.isBroken(reading.plugin.block)) return;
  const source = await loadSource(reading);
  if (source === undefined) return;
  const references = reading.references.filter(reference => isWellWritten(reference, source, reading));
  if (references.length === 0) return;
  const own = { ...reading, references };
  const reader = await openSource(source, own);
  if (reader === undefined) return;
  await readAll(reader, own, values);
  // The values are there; whether the source could clean up changes nothing for the project.
  await withDeadline(reading.timeoutMs, async () => reader.close?.());
}

function isWellWritten(reference: SecretReference, source: SecretSource, { report }: SourceReading): boolean {
  const problem = source.check(bodyOf(reference));
  if (problem === undefined) return true;
  report(diagnostic('reference/bad-syntax', problem.message, reference.span, problem.hint));
  return false;
}

async function readAll(reader: SecretReader, reading: SourceReading, values: Map<string, unknown>): Promise<void> {
  const failures = new Map<string, Failure>();
  const groups = byText(reading.references);
  await inParallel(groups, parallel, async ([first]) => {
    const read = await withDeadline(reading.timeoutMs, signal => reader.read(bodyOf(first), { signal }));
    if (read.kind !== 'done') failures.set(first.text, { scope: 'source', ...describeBreak(read.kind, reading) });
    else if (read.value.ok) values.set(first.text, read.value.value);
    else failures.set(first.text, read.value);
  });
  reportFailures(groups, failures, reading);
}

interface Failure extends ReferenceProblem {
  readonly scope: 'reference' | 'source';
}

/** In the order of the files, so that what is told once is told at the first place. */
function reportFailures(
  groups: readonly Same[],
  failures: ReadonlyMap<string, Failure>,
  { report }: SourceReading,
): void {
  const told = new Set<string>();
  for (const places of groups) {
    const failure = failures.get(places[0].text);
    if (failure === undefined) continue;
    const { scope, message, hint } = failure;
    if (scope === 'reference') {
      for (const { span } of places) report(diagnostic('reference/unreadable-secret', message, span, hint));
    } else if (!told.has(message)) {
      told.add(message);
      report(diagnostic('reference/source-unavailable', message, places[0].span, hint));
    }
  }
}

type Same = readonly [SecretReference, ...SecretReference[]];

function byText(references: readonly SecretReference[]): readonly Same[] {
  const groups = new Map<string, Same>();
  for (const reference of references) {
    const same = groups.get(reference.text);
    groups.set(reference.text, same === undefined ? [reference] : [...same, reference]);
  }
  return [...groups.values()];
}
