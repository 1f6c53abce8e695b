import type { McpServer } from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import type { ListChanges } from './list-changes.ts';

/** Tells the client of a connection which lists have changed; one that has no stream open learns nothing. */
export function announceChanges({ server }: McpServer, changes: ListChanges, log: Log): void {
  if (server.transport === undefined) return;
  const lose = (error: unknown) => log('debug', `A list change was not announced. ${String(error)}`);
  if (changes.tools) server.sendToolListChanged().catch(lose);
  if (changes.resources) server.sendResourceListChanged().catch(lose);
  if (changes.prompts) server.sendPromptListChanged().catch(lose);
}

/** Tells the client of a connection that these resources have other content now. */
export function announceUpdates({ server }: McpServer, uris: readonly string[], log: Log): void {
  if (server.transport === undefined) return;
  for (const uri of uris) {
    server.sendResourceUpdated({ uri }).catch((error: unknown) => {
      log('debug', `A change of a resource was not announced. ${String(error)}`);
    });
  }
}
