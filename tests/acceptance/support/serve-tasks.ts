import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { makeTasksProject } from './tasks-project.ts';
import { startWired, type WireClient, type WiredServer, type WireMessage } from './wire-client.ts';

export const knowsTasks = { elicitation: { form: {} }, extensions: { 'io.modelcontextprotocol/tasks': {} } };
export const patience = { timeout: 15_000, interval: 20 };
export const moment: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
export const saying = (text: string) => ({ content: [{ type: 'text', text }] });
export const accept = (content: object) => ({ action: 'accept', content });

/** A handler that was given this key: what it has written so far, and how to let it go on. */
export interface Job {
  readonly key: string;
  said(): readonly string[];
  letGo(): void;
}

/** A server of the tasks project with one client that knows tasks. */
export class TasksUnderTest {
  readonly folder: string;
  readonly server: WiredServer;
  readonly client: WireClient;
  #jobs = 0;

  constructor(folder: string, server: WiredServer, client: WireClient) {
    this.folder = folder;
    this.server = server;
    this.client = client;
  }

  newJob(): Job {
    this.#jobs += 1;
    const key = `job-${this.#jobs}`;
    const log = join(this.folder, `${key}.log`);
    return {
      key,
      said: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
      letGo: () => writeFileSync(join(this.folder, `${key}.go`), ''),
    };
  }

  /** The id of the task that a call becomes. */
  async create(name: string, args: object = {}): Promise<string> {
    const { result } = await this.client.request('tools/call', { name, arguments: args });
    expect(result).toMatchObject({ resultType: 'task', status: 'working', createdAt: moment, pollIntervalMs: 50 });
    return result.taskId;
  }

  async look(taskId: string): Promise<WireMessage> {
    return (await this.client.request('tasks/get', { taskId })).result;
  }

  update(taskId: string, inputResponses: object): Promise<WireMessage> {
    return this.client.request('tasks/update', { taskId, inputResponses });
  }

  cancel(taskId: string): Promise<WireMessage> {
    return this.client.request('tasks/cancel', { taskId });
  }

  /** The task, once it has got so far. */
  reach(taskId: string, status: string, more: object = {}): Promise<WireMessage> {
    return vi.waitFor(async () => {
      const task = await this.look(taskId);
      expect(task).toMatchObject({ status, ...more });
      return task;
    }, patience);
  }

  async expectResult(taskId: string, result: object): Promise<void> {
    expect((await this.reach(taskId, 'completed')).result).toEqual(result);
  }
}

export async function serveTasks(transport: 'http' | 'stdio', site?: string): Promise<TasksUnderTest> {
  const folder = makeTasksProject(site);
  const server = await startWired(transport, folder);
  return new TasksUnderTest(folder, server, await server.connect('2026-07-28', knowsTasks));
}
