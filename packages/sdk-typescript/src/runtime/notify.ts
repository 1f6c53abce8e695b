import { getGuestApi } from './guest-api.ts';

/**
 * Messages to clients. Those by level are log messages for the client of the call, of any JSON data (`log` is for the
 * operator); a client that did not ask for messages of that level gets none. The others tell all clients that want to know
 * that something has changed, also from hooks and timers.
 */
export const notify = Object.freeze({
  debug: (data: unknown, logger?: string): void => getGuestApi('notify.debug').notify('debug', data, logger),
  info: (data: unknown, logger?: string): void => getGuestApi('notify.info').notify('info', data, logger),
  warning: (data: unknown, logger?: string): void => getGuestApi('notify.warning').notify('warning', data, logger),
  error: (data: unknown, logger?: string): void => getGuestApi('notify.error').notify('error', data, logger),

  /** What a resource gives has changed. */
  resourceUpdated(uri: string | URL): void {
    const api = getGuestApi('notify.resourceUpdated');
    if (typeof uri !== 'string' && !(uri instanceof URL))
      throw new TypeError('notify.resourceUpdated needs the URI of the resource.');
    api.announce({ kind: 'resource', uri: String(uri) });
  },
  toolsChanged: (): void => getGuestApi('notify.toolsChanged').announce({ kind: 'tools' }),
  promptsChanged: (): void => getGuestApi('notify.promptsChanged').announce({ kind: 'prompts' }),
  resourcesChanged: (): void => getGuestApi('notify.resourcesChanged').announce({ kind: 'resources' }),
});

/**
 * Tells the client how far the call is; nothing happens when it did not ask to be told.
 *
 * @param progress - grows from message to message
 * @param total - what it grows to, if that is known
 */
export function progress(progress: number, total?: number, message?: string): void {
  getGuestApi('progress').progress(progress, total, message);
}
