import { expect } from 'vitest';
import { connectClient } from '../support/clients.ts';

/** Uses a server as ordinary clients of both eras do, and expects what they would. */
export async function useServer(url: string): Promise<void> {
  for (const generation of ['v2 of 2026', 'v1'] as const) {
    const client = await connectClient(generation, { url });
    const echo = { text: 'hello', extra: {} };
    expect(JSON.parse((await client.callTool('ts_echo', echo)).text)).toEqual({ ...echo, items: [] });
    expect((await client.callTool('py_echo', echo)).structured).toEqual({ ...echo, number: 0 });
    expect((await client.callTool('sql_find', { name: 'lamp' })).text).toBe('[{"id":1,"name":"lamp","price":9.5}]');
    expect(await client.readText('fuzz://static')).toBe('[{"text":"always the same"}]');
    expect(await client.getPrompt('plain', {})).toEqual(['user: Say something.']);
    await client.close();
  }
  const health = await fetch(new URL('/health', url));
  expect(await health.json()).toEqual({ status: 'ok', project: 'fuzz', generation: 1, problems: [] });
}
