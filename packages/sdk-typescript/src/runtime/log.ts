import { format } from 'node:util';
import { getGuestApi } from './guest-api.ts';

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** Messages for the operator, with the endpoint and the call they belong to. Arguments are formatted as `console.log` does. */
export const log = Object.freeze({
  debug: (...message: readonly unknown[]): void => getGuestApi('log.debug').log('debug', format(...message)),
  info: (...message: readonly unknown[]): void => getGuestApi('log.info').log('info', format(...message)),
  warn: (...message: readonly unknown[]): void => getGuestApi('log.warn').log('warning', format(...message)),
  error: (...message: readonly unknown[]): void => getGuestApi('log.error').log('error', format(...message)),
});
