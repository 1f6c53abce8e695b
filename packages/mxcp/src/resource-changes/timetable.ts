import { type CronSchedule, parseCron } from './cron.ts';

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
const minuteMs = 60_000;
/** A machine that slept for longer has missed what it missed. */
const longestLookBackMs = 24 * 60 * minuteMs;

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
  if (source.kind === 'every') return repeat(due => due + source.ms, onDue);
  const schedule = parseCron(source.expression);
  return schedule === undefined ? () => {} : runByMinutes(schedule, onDue);
}

/** Looks at the clock at the begin of every minute: what daylight saving does to it needs no arithmetic. */
function runByMinutes(schedule: CronSchedule, onDue: () => void): () => void {
  let looked = startOfMinute(Date.now());
  return repeat(
    () => startOfMinute(Date.now()) + minuteMs,
    () => {
      const now = startOfMinute(Date.now());
      const first = Math.max(looked + minuteMs, now - longestLookBackMs);
      let isDue = false;
      for (let minute = first; minute <= now; minute += minuteMs) isDue ||= schedule.isDue(new Date(minute));
      looked = now;
      if (isDue) onDue();
    },
  );
}

function startOfMinute(timeMs: number): number {
  return timeMs - (timeMs % minuteMs);
}

/** @param nextAfter - when it is due after the time it was due last; both in milliseconds, as `Date.now()` */
function repeat(nextAfter: (dueMs: number) => number, onDue: () => void): () => void {
  let dueMs = nextAfter(Date.now());
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = Math.max(0, Math.min(longestDelayMs, dueMs - Date.now()));
    // A server that has ended otherwise must not be kept alive by it.
    timer = setTimeout(wake, leftMs).unref();
  };
  const wake = () => {
    if (Date.now() >= dueMs) {
      // What was missed while the machine slept counts once.
      const nextMs = nextAfter(dueMs);
      dueMs = nextMs > Date.now() ? nextMs : nextAfter(Date.now());
      onDue();
    }
    wait();
  };
  wait();
  return () => clearTimeout(timer);
}
