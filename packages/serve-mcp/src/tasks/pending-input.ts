import type { InputRequest } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import type { LiveTask } from './task-store.ts';

type Requests = Readonly<Record<string, InputRequest>>;

/**
 * Shows what one task asks and collects the answers. A name that was answered never comes back: a question that has to be
 * asked once more, because its answer did not fit, gets another one.
 */
export class PendingInput {
  readonly #task: LiveTask;
  /** The names of this task so far. */
  readonly #used = new Set<string>();

  constructor(task: LiveTask) {
    this.#task = task;
  }

  /** Resolves with the answers by key when all are there; with undefined when the task is given up. */
  async collect(requests: Requests): Promise<Record<string, JsonValue> | undefined> {
    const task = this.#task;
    const open = new Map(Object.entries(requests).map(([key, request]) => [this.#nameOf(key), { key, request }]));
    const answers: Record<string, JsonValue> = Object.create(null);
    const show = () => {
      const shown = Object.fromEntries([...open].map(([name, { request }]) => [name, request]));
      task.move({ status: 'input_required', requests: shown });
    };
    show();
    await new Promise<void>(resolve => {
      const give = () => {
        task.signal.removeEventListener('abort', give);
        resolve();
      };
      task.signal.addEventListener('abort', give);
      if (task.signal.aborted) give();
      task.onAnswers(received => {
        for (const [name, { key }] of open) {
          if (!Object.hasOwn(received, name)) continue;
          answers[key] = received[name] as JsonValue;
          open.delete(name);
        }
        if (open.size === 0) give();
        else show();
      });
    });
    task.onAnswers(undefined);
    if (task.signal.aborted) return undefined;
    task.move({ status: 'working' });
    return answers;
  }

  #nameOf(key: string): string {
    let name = key;
    for (let round = 2; this.#used.has(name); round += 1) name = `${key}#${round}`;
    this.#used.add(name);
    return name;
  }
}
