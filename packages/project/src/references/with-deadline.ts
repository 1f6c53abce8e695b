export type Timed<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'late' }
  /** What was thrown may hold secrets, and is left out. */
  | { readonly kind: 'threw' };

/** Waits for `work` no longer than `timeoutMs`, whether or not it heeds the signal. */
export async function withDeadline<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<Timed<T>> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Timed<T>>(resolve => {
    timer = setTimeout(() => {
      resolve({ kind: 'late' });
      controller.abort();
    }, timeoutMs);
  });
  const done = work(controller.signal).then(
    (value): Timed<T> => ({ kind: 'done', value }),
    (): Timed<T> => ({ kind: 'threw' }),
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
