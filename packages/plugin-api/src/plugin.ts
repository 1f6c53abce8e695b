import type { SecretSource } from './secret-source.ts';

/** The version of these interfaces. It rises when a plug-in written for an earlier one would no longer work. */
export const pluginApiVersion = 1;

/** Plain data: importing a plug-in does nothing, and nothing of it runs before a config asks for it. */
export interface Plugin {
  readonly name: string;
  readonly apiVersion: typeof pluginApiVersion;
  readonly secretSources: readonly SecretSource[];
}

/**
 * The plug-in, frozen.
 *
 * @throws TypeError when it is not one, which is a mistake of its author
 */
export function definePlugin(plugin: Plugin): Plugin {
  const read = readPlugin(plugin);
  if (!read.ok) throw new TypeError(read.message);
  return read.plugin;
}

/**
 * Takes what a module exports for a plug-in, whoever wrote it.
 *
 * @returns a frozen plug-in of this version, or a sentence about what it is instead
 */
export function readPlugin(
  value: unknown,
): { readonly ok: true; readonly plugin: Plugin } | { readonly ok: false; readonly message: string } {
  if (!isRecord(value) || typeof value['name'] !== 'string' || value['name'] === '')
    return {
      ok: false,
      message: 'The module exports no plug-in: an object with a `name`, as `definePlugin` gives it.',
    };
  const { name, apiVersion, secretSources } = value;
  if (apiVersion !== pluginApiVersion) {
    const written =
      typeof apiVersion === 'number'
        ? `is written for version ${apiVersion}`
        : 'does not name its `apiVersion`, the version';
    const message = `The plug-in ${name} ${written} of the plug-in interface; this is version ${pluginApiVersion}.`;
    return { ok: false, message };
  }
  if (!Array.isArray(secretSources) || !secretSources.every(isSecretSource)) {
    const message = `The plug-in ${name} lists something under \`secretSources\` that has no \`scheme\`, \`check\` and \`open\`.`;
    return { ok: false, message };
  }
  const sources = secretSources.map(source => Object.freeze({ ...source }));
  return { ok: true, plugin: Object.freeze({ name, apiVersion, secretSources: Object.freeze(sources) }) };
}

function isSecretSource(value: unknown): value is SecretSource {
  return (
    isRecord(value) &&
    typeof value['scheme'] === 'string' &&
    /^[a-z][a-z0-9+.-]*$/.test(value['scheme']) &&
    typeof value['check'] === 'function' &&
    typeof value['open'] === 'function'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
