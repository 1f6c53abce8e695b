import { getGuestApi } from './guest-api.ts';

/**
 * Log messages for the client of the call, of any JSON data; `log` is for the operator. A client that did not ask for
 * messages of that level gets none.
 */
export const notify = Object.freeze({
  debug: (data: unknown, logger?: string): void => getGuestApi('notify.debug').notify('debug', data, logger),
  info: (data: unknown, logger?: string): void => getGuestApi('notify.info').notify('info', data, logger),
  warning: (data: unknown, logger?: string): void => getGuestApi('notify.warning').notify('warning', data, logger),
  error: (data: unknown, logger?: string): void => getGuestApi('notify.error').notify('error', data, logger),
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
