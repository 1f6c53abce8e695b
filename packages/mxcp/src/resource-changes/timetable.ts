import { Cron } from 'croner';

/** What time brings about. */
export type TimedSource =
  | { readonly kind: 'every'; readonly ms: number }
  | { readonly kind: 'cron'; readonly expression: string };

export interface Timetable {
  /** Runs these from now on and no others; one that was running keeps its rhythm. */
  set(sources: readonly TimedSource[]): void;
}

/** Node takes a longer delay for 1 ms. */
const longestDelayMs = 2 ** 31 - 1;

/** Calls `onDue` with the key (see `keyOf`) of each source whose time has come. */
export function createTimetable(onDue: (key: string) => void): Timetable {
  const running = new Map<string, () => void>();
  return {
    set(sources) {
      const wanted = new Map(sources.map(source => [keyOf(source), source]));
      for (const [key, stop] of running) {
        if (wanted.has(key)) continue;
        stop();
        running.delete(key);
      }
      for (const [key, source] of wanted) {
        if (!running.has(key))
          running.set(
            key,
            start(source, () => onDue(key)),
          );
      }
    },
  };
}

/** The same for equal sources. */
export function keyOf(source: TimedSource): string {
  return source.kind === 'every' ? `every ${source.ms}` : `cron ${source.expression}`;
}

/** @returns what stops it */
function start(source: TimedSource, onDue: () => void): () => void {
  if (source.kind === 'every') return repeat(source.ms, onDue);
  const job = new Cron(source.expression, { mode: '5-part', unref: true }, onDue);
  return () => job.stop();
}

function repeat(everyMs: number, onDue: () => void): () => void {
  let dueMs = Date.now() + everyMs;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = Math.max(0, Math.min(longestDelayMs, dueMs - Date.now()));
    // A server that has ended otherwise must not be kept alive by it.
    timer = setTimeout(wake, leftMs).unref();
  };
  const wake = () => {
    if (Date.now() >= dueMs) {
      // What was missed while the machine slept counts once.
      const nextMs = dueMs + everyMs;
      dueMs = nextMs > Date.now() ? nextMs : Date.now() + everyMs;
      onDue();
    }
    wait();
  };
  wait();
  return () => clearTimeout(timer);
}
