import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export interface Heard {
  readonly text: string;
  readonly progress: readonly unknown[];
  readonly logs: readonly unknown[];
}

const logLevel = 'io.modelcontextprotocol/logLevel';

/** Calls a tool as a client that wants to hear everything, and gives what it heard. */
export async function callListening(url: string, revision: '2025' | '2026', name: string): Promise<Heard> {
  const mode = revision === '2026' ? { pin: '2026-07-28' } : ('legacy' as const);
  const client = new Client({ name: 'listening', version: '1.0.0' }, { versionNegotiation: { mode } });
  const progress: unknown[] = [];
  const logs: unknown[] = [];
  client.setNotificationHandler('notifications/message', ({ params }) => void logs.push(params));
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const meta = revision === '2026' ? { _meta: { [logLevel]: 'info' } } : {};
  const onprogress = (step: unknown) => void progress.push(step);
  const { content } = await client.callTool({ name, arguments: {}, ...meta }, { onprogress });
  await client.close();
  const [block] = content;
  return { text: block?.type === 'text' ? block.text : '', progress, logs };
}
