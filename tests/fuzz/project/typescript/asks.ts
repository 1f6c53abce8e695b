import { setTimeout } from 'node:timers/promises';
import { canAsk, context, elicit, listRoots, sample } from 'mxcp-ts/runtime';

const form = { type: 'object', properties: { ok: { type: 'boolean' }, text: { type: 'string' } }, required: ['ok'] };

export async function ask() {
  const first = await elicit('answer', 'Is that so?', form);
  if (first.action !== 'accept') return first.action;
  const [model, folders] = await Promise.all([
    canAsk('sample') ? sample('model', 'Say something.') : undefined,
    canAsk('roots') ? listRoots('folders') : [],
  ]);
  return `${first.content.ok} ${model?.text ?? ''} ${folders.length}`;
}

export async function job({ ms }: { ms: number }) {
  await setTimeout(ms, undefined, { signal: context().signal });
  if (!canAsk('elicit')) return 'nobody to ask';
  const { action } = await elicit('answer', 'Go on?', form);
  return action;
}
