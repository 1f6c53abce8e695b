import { note } from '../../output/print.ts';

export interface StopRequest {
  /** Settles with the first SIGINT or SIGTERM; stays pending otherwise. */
  readonly asked: Promise<NodeJS.Signals>;
  isAsked(): boolean;
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Listens for a wish to stop, from now until the process ends. Somebody who asks twice does not want to wait: that ends it at once. */
export function listenForStop(): StopRequest {
  let isAsked = false;
  const asked = new Promise<NodeJS.Signals>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isAsked) process.exit(exitCodes[signal]);
        isAsked = true;
        note('Stopping; ask again to end at once.');
        resolve(signal);
      });
    }
  });
  return { asked, isAsked: () => isAsked };
}
