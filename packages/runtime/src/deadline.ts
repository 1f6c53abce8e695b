/** How a call can end before its handler does. */
export type Ending = { readonly kind: 'timed-out' } | { readonly kind: 'cancelled' };

export interface Deadline {
  /** Aborted at the deadline, or when the caller gives up. Made when it is first asked for. */
  readonly signal: AbortSignal;
  /** Settles at the same moment; stays pending otherwise. */
  readonly ending: Promise<Ending>;
  /** Must be called when the handler has ended. */
  clear(): void;
}

/** Starts the clock of one call. One timer and one controller: `AbortSignal.any` and `.timeout` cost several times as much. */
export function startDeadline(timeoutMs: number, caller: AbortSignal | undefined): Deadline {
  let controller: AbortController | undefined;
  let reason: Ending | undefined;
  let end: (ending: Ending) => void = () => {};
  const ending = new Promise<Ending>(resolve => {
    end = resolve;
  });
  const stop = (why: Ending) => {
    reason ??= why;
    end(why);
    controller?.abort(why);
  };
  const timer = setTimeout(() => stop({ kind: 'timed-out' }), timeoutMs);
  const cancel = () => stop({ kind: 'cancelled' });
  if (caller?.aborted === true) cancel();
  else caller?.addEventListener('abort', cancel, { once: true });
  return {
    get signal() {
      if (controller === undefined) {
        controller = new AbortController();
        if (reason !== undefined) controller.abort(reason);
      }
      return controller.signal;
    },
    ending,
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', cancel);
    },
  };
}
