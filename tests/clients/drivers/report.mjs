import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

const limitMs = 60_000;

/** What the person, the model and the file system at every client answer. */
export const answers = JSON.parse(readFileSync(new URL('../answers.json', import.meta.url), 'utf8'));

/** What the script tells a driver: `node <driver> <JSON of it>`. */
export function readTask() {
  const task = JSON.parse(process.argv[2]);
  const { both, ...bySection } = JSON.parse(readFileSync(new URL('../expected.json', import.meta.url), 'utf8'));
  return { ...task, expected: { ...both, ...bySection[task.era], ...bySection[task.client] } };
}

/** Prints one JSON line per check: whether what the client saw is exactly what `expected.json` says. */
export async function report({ expected }, checks) {
  for (const [what, look] of Object.entries(checks)) {
    const { ok, detail } = await outcomeOf(look, expected[what]);
    console.log(JSON.stringify({ what, ok, detail }));
  }
}

async function outcomeOf(look, wanted) {
  try {
    const saw = JSON.parse(JSON.stringify(await within(look())));
    if (isDeepStrictEqual(saw, wanted)) return { ok: true, detail: '' };
    return { ok: false, detail: `saw ${JSON.stringify(saw)}\n  not ${JSON.stringify(wanted)}` };
  } catch (error) {
    return { ok: false, detail: String(error) };
  }
}

async function within(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${limitMs / 1000} seconds.`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
