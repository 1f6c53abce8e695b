import { once } from 'node:events';
import { ok, type ReloadableRuntime, type TestEndpoint, tool } from './flights-runtime.ts';

/** Tools that make use of all that a handler may know of its caller and tell its client. */
export function talkingEndpoints(): readonly TestEndpoint[] {
  let lastSignal: AbortSignal | undefined;
  let end: () => void = () => {};
  return [
    tool('who', {}, async ({ context: { transport, requestId, headers, user, session } }) =>
      ok({
        transport,
        requestId: requestId ?? null,
        agent: headers['x-agent'] ?? null,
        user: user === undefined ? null : 'somebody',
        session: session ?? null,
      }),
    ),
    tool('count', {}, async ({ client }) => {
      client.progress(1, 4, 'first');
      client.progress(2, 4, undefined);
      client.progress(2, 4, 'not more');
      client.progress(Number.NaN, 4, 'no number');
      client.progress(3.5, 4, 'last');
      return ok('counted');
    }),
    tool('count_until_enough', {}, async ({ client }) => {
      for (const step of [1, 2, 3]) client.progress(step, 3, `step ${step}`);
      await new Promise<void>(resolve => {
        end = resolve;
      });
      return ok('enough');
    }),
    tool('enough', {}, async () => {
      end();
      return ok('ended');
    }),
    tool('speak', {}, async ({ client }) => {
      client.log('debug', 'quiet', undefined);
      client.log('info', { rows: 3 }, 'loader');
      client.log('error', 'loud', undefined);
      return ok('spoken');
    }),
    tool('wait', {}, async ({ signal, client }) => {
      lastSignal = signal;
      client.progress(1, undefined, 'waiting');
      if (!signal.aborted) await once(signal, 'abort');
      client.progress(2, undefined, 'too late');
      client.log('error', 'too late', undefined);
      return ok('nobody reads this');
    }),
    tool('was_cancelled', {}, async () => ok(lastSignal?.aborted ?? null)),
  ];
}

/** A tool that reloads the project it belongs to, to what the test says. */
export function reloader(runtime: () => ReloadableRuntime, next: () => readonly TestEndpoint[]): TestEndpoint {
  return tool('reload', {}, async () => {
    runtime().reload(next());
    return ok('reloaded');
  });
}
