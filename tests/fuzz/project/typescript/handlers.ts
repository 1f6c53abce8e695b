import { setTimeout } from 'node:timers/promises';
import { config, context, notify, progress } from 'mxcp-ts/runtime';

// mxleak-typescript-source
export function echo({ text, items, extra }: { text: string; items: number[]; extra: object }) {
  return { text, items, extra };
}

export function typed(args: object) {
  return args;
}

export function broken({ text }: { text: string }) {
  const { token } = config.getSecret('billing') ?? {};
  console.log('mxleak-printed', token);
  throw new RangeError(`mxleak-typescript-error ${String(token)} ${text}`, {
    cause: new Error(String(config.getSecret('environment')?.['token'])),
  });
}

export async function tells({ steps }: { steps: number }) {
  for (let step = 1; step <= steps; step += 1) {
    progress(step, steps, `step ${step}`);
    notify.info({ step }, 'fuzz');
    await setTimeout(1);
  }
  return 'told';
}

export async function waits({ ms }: { ms: number }) {
  await setTimeout(ms, undefined, { signal: context().signal });
  return 'waited';
}

export function item({ id }: { id: string }) {
  return { id, length: id.length };
}
