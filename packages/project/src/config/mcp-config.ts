import type { ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SiteFile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';
import { readTimeoutMs } from '../endpoint/read-timeout.ts';
import type { ProjectFolder } from '../files/project-folder.ts';
import type { McpConfig } from '../project.ts';
import { readIcons } from '../read-icons.ts';

export interface McpConfigContext {
  readonly folder: ProjectFolder;
  readonly locate: Locate;
  readonly report: ReportDiagnostic;
}

/** How the server presents itself: what is written, and the defaults for the rest. */
export function mcpConfig({ mcp = {} }: Partial<SiteFile>, { folder, locate, report }: McpConfigContext): McpConfig {
  const { tasks = {} } = mcp;
  return Object.freeze({
    title: mcp.title,
    description: mcp.description,
    websiteUrl: mcp.website_url,
    icons: readIcons(mcp.icons, {
      folder,
      from: folder.root,
      spanOf: index => locate.at('mcp', 'icons', index, 'src'),
      report,
    }),
    instructions: mcp.instructions,
    pageSize: mcp.page_size ?? 1_000,
    listTtlMs: readTimeoutMs(mcp.list_ttl, 60_000),
    tasks: Object.freeze({
      ttlMs: readTimeoutMs(tasks.ttl, 3_600_000),
      maxTasks: tasks.max ?? 1_000,
      pollIntervalMs: readTimeoutMs(tasks.poll_interval, 1_000),
    }),
  });
}
