import type { McpServer } from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import type { ListChanges } from './catalog/list-changes.ts';

/** Tells the client of a connection which lists have changed; one that has no stream open learns nothing. */
export function announceChanges({ server }: McpServer, changes: ListChanges, log: Log): void {
  if (server.transport === undefined) return;
  const lose = (error: unknown) => log('debug', `A list change was not announced. ${String(error)}`);
  if (changes.tools) server.sendToolListChanged().catch(lose);
  if (changes.resources) server.sendResourceListChanged().catch(lose);
  if (changes.prompts) server.sendPromptListChanged().catch(lose);
}
