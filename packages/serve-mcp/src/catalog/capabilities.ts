import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { ProjectServerParts } from '../project-server.ts';
import { tasksExtension } from '../tasks/task.ts';

/**
 * What every server of a project can do, whatever the project holds now: the capabilities of an open connection cannot
 * change, and a reload may add the first prompt. A list that is empty is a legal answer.
 *
 * @param canNotify - whether the client can be told anything outside an answer, and what it asked be remembered
 */
export function capabilitiesOf({ canNotify, era }: Pick<ProjectServerParts, 'canNotify' | 'era'>): ServerCapabilities {
  const list = canNotify ? { listChanged: true } : {};
  return {
    tools: list,
    resources: { ...list, ...(canNotify && { subscribe: true }) },
    prompts: list,
    completions: {},
    ...(canNotify && { logging: {} }),
    ...(era === 'modern' && { extensions: { [tasksExtension]: {} } }),
  };
}
