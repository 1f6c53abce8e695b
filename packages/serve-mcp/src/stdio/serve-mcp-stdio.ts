import { randomUUID } from 'node:crypto';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { ServedRuntime } from '@mxcp-ts/runtime';
import { ActiveCalls } from '../calls/active-calls.ts';
import { createCaller } from '../calls/caller.ts';
import { stdioRequests } from '../calls/describe-request.ts';
import { createStateSealer } from '../calls/sealed-state.ts';
import { createCatalogs } from '../catalog/catalog.ts';
import { announceChanges, announceUpdates } from '../changes/announce-changes.ts';
import { findListChanges, listChangesOf } from '../changes/list-changes.ts';
import { createProjectServer, type ProjectServer } from '../project-server.ts';
import { type McpServeOptions, resolveMcpServeOptions } from '../serve-options.ts';
import { Tasks } from '../tasks/tasks.ts';
import { type StdioStreams, StdioWire } from './stdio-wire.ts';

/** A project served to the one client at the other end of stdin and stdout. */
export interface McpStdioServer {
  /** Calls that have not been answered yet. */
  readonly activeCalls: number;
  /** Settles when the client has closed stdin and everything it asked before is answered, or after `close`. */
  readonly closed: Promise<void>;
  /** Ends tasks that work or wait: the server stops. */
  giveUpTasks(): void;
  /** Lets running calls be answered until the deadline, then ends the connection. */
  close(options?: { readonly deadlineMs?: number }): Promise<void>;
}

/** Serves every revision the SDK speaks; the first message of the client decides which. */
export function serveMcpStdio(
  runtime: ServedRuntime,
  options: McpServeOptions,
  streams: StdioStreams = process,
): McpStdioServer {
  const { log, serverInfo, instructions, listTtlMs, maxBodyBytes, pageSize, answerGraceMs, stateSecret, tasks } =
    resolveMcpServeOptions(options);
  const session = `stdio:${randomUUID()}`;
  const active = new ActiveCalls();
  const caller = createCaller({
    runtime,
    describe: stdioRequests(session),
    active,
    answerGraceMs,
    log,
  });
  const catalogs = createCatalogs(pageSize);
  const wire = new StdioWire(streams, maxBodyBytes);
  const catalog = () => catalogs(runtime.plan);
  const sealer = createStateSealer(stateSecret);
  const taskStore = new Tasks(tasks);
  let current: ProjectServer | undefined;
  const connection = serveStdio(
    ({ era }) => {
      current = createProjectServer({
        serverInfo,
        instructions,
        listTtlMs,
        caller,
        sealer,
        tasks: taskStore,
        log,
        catalog,
        era,
        canNotify: true,
      });
      return current;
    },
    { transport: wire, onerror: error => log('debug', `MCP: ${error.message}`) },
  );
  const stopListening = runtime.onReload((plan, before) => {
    // For a client of 2026 the SDK passes on only what it has subscribed to.
    if (current !== undefined) announceChanges(current, findListChanges(catalogs(before), catalogs(plan)), log);
  });
  const stopAnnouncing = runtime.onChange(change => {
    if (current === undefined) return;
    if (change.kind !== 'resource') return announceChanges(current, listChangesOf(change), log);
    const { watched } = wire;
    const uris = [...current.affectedBy(change.uri), ...watched.affectedBy(change.uri, catalog())];
    announceUpdates(current, uris, log);
  });
  void wire.closed.then(() => {
    stopListening();
    stopAnnouncing();
    runtime.endSession(session);
    taskStore.close();
  });
  return {
    get activeCalls() {
      return active.count;
    },
    closed: wire.closed,
    giveUpTasks: () => taskStore.close(),
    async close({ deadlineMs = 0 } = {}) {
      taskStore.close();
      await active.drain(deadlineMs);
      await connection.close();
      await wire.close();
    },
  };
}
