import { getGuestApi } from './guest-api.ts';

export type Hook = () => unknown;

/** Runs a function once, after all modules have loaded and before the first call. One that throws is reported, not fatal. */
export function onInit<F extends Hook>(hook: F): F {
  getGuestApi('onInit').addHook('init', hook);
  return hook;
}

/** Runs a function when the server stops, the last one registered first. The database can still be used in it. */
export function onShutdown<F extends Hook>(hook: F): F {
  getGuestApi('onShutdown').addHook('shutdown', hook);
  return hook;
}
