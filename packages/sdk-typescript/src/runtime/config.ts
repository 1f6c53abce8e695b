import { getGuestApi } from './guest-api.ts';
import { type Secret, secretOf } from './secret.ts';

export const config = Object.freeze({
  /** The parameters of a secret of the active profile, or undefined when it is not configured. */
  getSecret(name: string): Secret | undefined {
    const { secrets } = getGuestApi('config.getSecret').config;
    return Object.hasOwn(secrets, name) ? secretOf(secrets[name]) : undefined;
  },

  /**
   * A value of `mxcp-site.yml`.
   *
   * @param key - dots lead into mappings: `profiles.dev.duckdb.path`
   * @param fallback - for a key that is not written
   */
  getSetting<T = unknown>(key: string, fallback?: T): T | undefined {
    let value: unknown = getGuestApi('config.getSetting').config.site;
    for (const part of key.split('.')) {
      if (!isMapping(value) || !Object.hasOwn(value, part)) return fallback;
      value = value[part];
    }
    return value as T;
  },

  /** The user config: the part that concerns this project, references resolved. Holds secrets in clear. */
  get userConfig(): Readonly<Record<string, unknown>> {
    return getGuestApi('config.userConfig').config.user;
  },

  /** `mxcp-site.yml` as plain data. */
  get siteConfig(): Readonly<Record<string, unknown>> {
    return getGuestApi('config.siteConfig').config.site;
  },
});

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
