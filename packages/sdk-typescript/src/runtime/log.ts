import { format } from 'node:util';
import { getSession } from './session.ts';

/** Messages for the operator, with the endpoint and the call they belong to. Arguments are formatted as `console.log` does. */
export const log = Object.freeze({
  debug: (...message: readonly unknown[]): void => getSession('log.debug').log('debug', format(...message)),
  info: (...message: readonly unknown[]): void => getSession('log.info').log('info', format(...message)),
  warn: (...message: readonly unknown[]): void => getSession('log.warn').log('warning', format(...message)),
  error: (...message: readonly unknown[]): void => getSession('log.error').log('error', format(...message)),
});
