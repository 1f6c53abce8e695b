export interface BurstOptions {
  /** How long nothing may be added before a burst is over, milliseconds. */
  readonly debounceMs: number;
  /** Never called while an earlier call runs. */
  readonly onBurst: (items: readonly string[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

export interface BurstCollector {
  add(item: string): void;
  close(): void;
}

/** A burst that does not end by itself: something writes all the time. */
const longestBurstMs = 2_000;

/** Gives what is added within a short time as one sorted list. What comes while a list is worked on waits for the next. */
export function collectBursts({ debounceMs, onBurst, onFailure }: BurstOptions): BurstCollector {
  const items = new Set<string>();
  let firstAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isClosed = false;

  function schedule(): void {
    clearTimeout(timer);
    const left = firstAtMs + longestBurstMs - Date.now();
    timer = setTimeout(() => void run(), Math.max(0, Math.min(debounceMs, left)));
  }

  async function run(): Promise<void> {
    if (isRunning || isClosed) return;
    isRunning = true;
    const burst = [...items].sort();
    items.clear();
    try {
      await onBurst(burst);
    } catch (error) {
      onFailure(error);
    }
    isRunning = false;
    if (items.size > 0 && !isClosed) schedule();
  }

  return {
    add(item) {
      if (isClosed) return;
      if (items.size === 0) firstAtMs = Date.now();
      items.add(item);
      if (!isRunning) schedule();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
