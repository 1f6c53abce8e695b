import { setTimeout as sleep } from 'node:timers/promises';
import { checkMessage, idsOf } from '../invariants/check-message.ts';
import type { Leaks } from '../invariants/leaks.ts';
import { answerWithinMs } from './connection.ts';
import type { StdioServer } from './stdio-server.ts';

export interface StdioTarget {
  readonly server: StdioServer;
  readonly leaks: Leaks;
  /** Everything that was sent so far: a request that need not be answered may be answered late. */
  readonly sentIds: Set<string | number>;
}

/**
 * Writes lines one after the other, then waits until everything among them that asks has been answered. Gives what is
 * wrong with the answers.
 *
 * @param fence - a request that is answered only after the lines before it have been read, with an id of its own
 */
export async function playLines(
  lines: readonly Buffer[],
  fence: string,
  { server, leaks, sentIds }: StdioTarget,
): Promise<readonly string[]> {
  for (const line of lines) await server.write(Buffer.concat([line, Buffer.from('\n')]));
  await server.write(Buffer.from(`${fence}\n`));
  const sent = Buffer.concat(lines).toString();
  for (const line of [...lines, fence]) for (const id of idsOf(line)) sentIds.add(id);
  const missing = new Set([...awaitedIds(lines), ...idsOf(fence)]);
  const problems: string[] = [];
  const giveUpAt = Date.now() + answerWithinMs;
  while (missing.size > 0 && Date.now() < giveUpAt && server.child.exitCode === null) {
    await sleep(2);
    for (const text of server.takeLines()) {
      const value = parse(text);
      if (value === undefined) problems.push(`A line of the server is not valid JSON: ${text.slice(0, 200)}`);
      else problems.push(...checkMessage(value, sentIds).map(problem => `${problem} ${text.slice(0, 300)}`));
      const leak = leaks.find(text, sent);
      if (leak !== undefined) problems.push(`The answer gives away ${JSON.stringify(leak)}: ${text.slice(0, 300)}`);
      for (const message of asList(value)) {
        if ('method' in message) await answer(message, server);
        else missing.delete(message['id'] as string | number);
      }
    }
  }
  if (server.child.exitCode !== null) problems.push(`The server ended with ${server.child.exitCode}.`);
  for (const id of missing) problems.push(`This was not answered: ${lineOf(id, lines) ?? fence}`);
  return problems;
}

/** A call that asks its client goes on only with an answer, even if that is no. */
async function answer({ id }: Members, server: StdioServer): Promise<void> {
  if (id === undefined) return;
  const refusal = { jsonrpc: '2.0', id, error: { code: -32_000, message: 'Nobody is there.' } };
  await server.write(Buffer.from(`${JSON.stringify(refusal)}\n`));
}

function lineOf(id: string | number, lines: readonly Buffer[]): string | undefined {
  return lines
    .find(line => idsOf(line).has(id))
    ?.toString()
    .slice(0, 1_000);
}

/** Ids of requests that a server has to answer: sent once, not cancelled, not open for ever. */
function awaitedIds(lines: readonly Buffer[]): readonly (string | number)[] {
  const messages = lines.map(line => parse(line.toString())).filter(isMembers);
  const times = new Map<unknown, number>();
  for (const { id } of messages) times.set(id, (times.get(id) ?? 0) + 1);
  const cancelled = new Set(
    messages
      .filter(({ method }) => method === 'notifications/cancelled')
      .map(({ params }) => isMembers(params) && params['requestId']),
  );
  return messages
    .filter(isRequest)
    .map(({ id }) => id)
    .filter(id => times.get(id) === 1 && !cancelled.has(id));
}

type Members = Readonly<Record<string, unknown>>;

function isRequest(message: Members): message is Members & { readonly id: string | number } {
  const { jsonrpc, id, method, params } = message;
  if (jsonrpc !== '2.0' || typeof method !== 'string' || method === 'subscriptions/listen') return false;
  return (typeof id === 'string' || Number.isSafeInteger(id)) && (params === undefined || isMembers(params));
}

function asList(value: unknown): readonly Members[] {
  return (Array.isArray(value) ? value : [value]).filter(isMembers);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.trim()) as unknown;
  } catch {
    return undefined;
  }
}
