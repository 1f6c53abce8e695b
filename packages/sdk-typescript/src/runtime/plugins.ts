import { getGuestApi } from './guest-api.ts';

/** The TypeScript plug-ins of the project. */
export const plugins = Object.freeze({
  /** What the plug-in's file exports with `definePlugin`, or undefined when there is none of that name. */
  get<T extends object = Readonly<Record<string, unknown>>>(name: string): T | undefined {
    return getGuestApi('plugins.get').plugins.get(name) as T | undefined;
  },

  /** The settings that the site file gives a plug-in (`plugin[].config`), references resolved. */
  settings(name: string): Readonly<Record<string, unknown>> | undefined {
    return getGuestApi('plugins.settings').plugins.settings(name);
  },

  list(): string[] {
    return getGuestApi('plugins.list').plugins.list();
  },
});
