import { setTimeout as sleep } from 'node:timers/promises';
import { context, elicit, listRoots, UserError } from 'mxcp-ts/runtime';

export function greet({ name }: { name: string }) {
  return `Hello, ${name}!`;
}

export async function failing_job() {
  await sleep(1000, undefined, { signal: context().signal });
  throw new UserError('This job always fails.');
}

/** Fails as a request, not as a tool, for a client that has not declared folders: it cannot be asked for them. */
export async function protocol_error_job() {
  const roots = await listRoots();
  return `The client has ${roots.length} folders.`;
}

export async function confirm_delete({ filename }: { filename: string }) {
  const answer = await elicit('confirmation', `Delete ${filename}?`, {
    type: 'object',
    properties: { confirm: { type: 'boolean', title: 'Delete it' } },
    required: ['confirm'],
  });
  const isConfirmed = answer.action === 'accept' && answer.content['confirm'] === true;
  return isConfirmed ? `${filename} is deleted.` : `${filename} is kept.`;
}
