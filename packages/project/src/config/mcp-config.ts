import type { McpConfig } from '../project.ts';

/** How the server presents itself: what is written, and the defaults for the rest. */
export function mcpConfig(): McpConfig {
  return Object.freeze({
    title: undefined,
    description: undefined,
    websiteUrl: undefined,
    icons: Object.freeze([]),
    instructions: undefined,
    pageSize: 1_000,
    listTtlMs: 60_000,
    tasks: Object.freeze({ ttlMs: 3_600_000, maxTasks: 1_000, pollIntervalMs: 1_000 }),
  });
}
