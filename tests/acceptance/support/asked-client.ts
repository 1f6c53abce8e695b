import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { program } from '../../support/program.ts';
import type { Revision } from './wire-client.ts';

/** An answer of the client's user, or a function that gives it; it may take as long as it likes. */
export type UserAnswer = object | ((message: string, signal: AbortSignal) => object | Promise<object>);

export interface AskedClient {
  readonly client: Client;
  /** What the client was asked, in order: the message of a form, or the method of anything else. */
  readonly asked: string[];
  /** Of all calls; `progress` in a call is heard with `hearing`. */
  readonly logs: unknown[];
  readonly updated: string[];
  /** Of the server, when it is a child of the client. */
  readonly pid: number | undefined;
}

const logLevel = 'io.modelcontextprotocol/logLevel';

/** What makes a call tell of its log messages: clients of 2025 hear all of them. */
export const hearing = (revision: Revision) => (revision === '2026-07-28' ? { _meta: { [logLevel]: 'info' } } : {});

/** A client of the SDK that can be asked everything, over HTTP or with a server of its own. */
export async function connectAsked(
  where: { readonly url: string } | { readonly folder: string },
  revision: Revision,
  answer: UserAnswer,
): Promise<AskedClient> {
  const mode = revision === '2026-07-28' ? { pin: revision } : ('legacy' as const);
  const capabilities = { elicitation: { form: {} }, sampling: {}, roots: {} };
  const client = new Client({ name: 'asked', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });
  const asked: string[] = [];
  const logs: unknown[] = [];
  const updated: string[] = [];
  client.setRequestHandler('elicitation/create', async ({ params: { message } }, { mcpReq }) => {
    asked.push(message);
    const given = typeof answer === 'function' ? await answer(message, mcpReq.signal) : answer;
    return given as { action: 'accept' };
  });
  client.setRequestHandler('sampling/createMessage', () => {
    asked.push('sampling/createMessage');
    return { role: 'assistant', content: { type: 'text', text: 'Ahoy' }, model: 'test' };
  });
  client.setRequestHandler('roots/list', () => {
    asked.push('roots/list');
    return { roots: [{ uri: 'file:///work', name: 'work' }] };
  });
  client.setNotificationHandler('notifications/message', ({ params }) => void logs.push(params.data));
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void updated.push(params.uri));
  const stdio =
    'url' in where
      ? undefined
      : new StdioClientTransport({
          command: process.execPath,
          args: [program, 'serve', '-C', where.folder, '--transport', 'stdio'],
          stderr: 'ignore',
        });
  await client.connect(stdio ?? new StreamableHTTPClientTransport(new URL('url' in where ? where.url : 'http://none')));
  return { client, asked, logs, updated, pid: stdio?.pid ?? undefined };
}
