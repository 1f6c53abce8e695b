import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, test, vi } from 'vitest';
import { createBundler } from '../../src/bundle/bundler.ts';

test.skipIf(process.platform !== 'linux')(
  'ends its own esbuild process after the last build, and no other',
  async () => {
    await buildText(build, 'others');
    const before = await settledProcesses();
    const bundler = createBundler();
    const during: number[] = [];
    const texts = await Promise.all(
      ['one', 'two'].map(name =>
        bundler.use(0, async esbuild => {
          // The two end at different times: the first must not end the process of the second.
          if (name === 'two') await wait(100);
          const text = await buildText(esbuild.build, name);
          during.push(esbuildProcesses().length);
          return text;
        }),
      ),
    );
    expect(texts).toEqual(['console.log("one");\n', 'console.log("two");\n']);
    expect(during).toEqual([before.length + 1, before.length + 1]);
    await vi.waitFor(() => expect(esbuildProcesses()).toEqual(before), 5_000);
    expect(await buildText(build, 'others')).toBe('console.log("others");\n');
  },
);

test('starts again after its process has ended', async () => {
  const bundler = createBundler();
  await bundler.use(0, esbuild => buildText(esbuild.build, 'first'));
  expect(await bundler.use(0, esbuild => buildText(esbuild.build, 'second'))).toBe('console.log("second");\n');
});

test.skipIf(process.platform !== 'linux')(
  'keeps the process for as long as it is told, for the work that follows',
  async () => {
    const before = await settledProcesses();
    const bundler = createBundler();
    await bundler.use(60_000, esbuild => buildText(esbuild.build, 'check'));
    const kept = esbuildProcesses();
    await bundler.use(0, async esbuild => {
      await buildText(esbuild.build, 'start');
      expect(esbuildProcesses()).toEqual(kept);
    });
    expect(kept.length).toBe(before.length + 1);
    await vi.waitFor(() => expect(esbuildProcesses()).toEqual(before), 5_000);
  },
);

async function buildText(run: typeof build, name: string): Promise<string | undefined> {
  const options = { stdin: { contents: `console.log(${JSON.stringify(name)})` }, write: false } as const;
  const { outputFiles } = await run(options);
  return outputFiles[0]?.text;
}

/** The processes that stay: one that an earlier test has ended takes a moment to be gone. */
async function settledProcesses(): Promise<readonly number[]> {
  for (let last = esbuildProcesses(); ; ) {
    await wait(200);
    const now = esbuildProcesses();
    if (now.join() === last.join()) return now;
    last = now;
  }
}

/** Ids of the esbuild processes that this one has started and that still run. */
function esbuildProcesses(): readonly number[] {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  return ids.filter(isEsbuildOfThisProcess).map(Number);
}

function isEsbuildOfThisProcess(id: string): boolean {
  try {
    const [state, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (state === 'Z' || Number(parent) !== process.pid) return false;
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--service=');
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
