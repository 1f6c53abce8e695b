import { pathToFileURL } from 'node:url';
import type { GuestPlugin, PluginFault } from '@mxcp-ts/guest';
import { isPlugin, type PluginValue } from '../runtime/define-plugin.ts';
import type { PluginsApi } from '../runtime/guest-api.ts';
import { describeThrown } from './describe-thrown.ts';
import type { SqlFunctions } from './sql-functions.ts';

/** The plug-ins that are loaded, by the names that `plugins.get` takes. */
export class LoadedPlugins implements PluginsApi {
  readonly #functions: SqlFunctions;
  readonly #plugins = new Map<string, { readonly value: PluginValue; readonly settings: GuestPlugin['config'] }>();

  constructor(functions: SqlFunctions) {
    this.#functions = functions;
  }

  get(name: string): object | undefined {
    return this.#plugins.get(name)?.value;
  }

  settings(name: string): GuestPlugin['config'] | undefined {
    return this.#plugins.get(name)?.settings;
  }

  list(): string[] {
    return [...this.#plugins.keys()];
  }

  /** Loads plug-ins one after the other. One that cannot be used costs the others nothing. */
  async load(plugins: readonly GuestPlugin[]): Promise<readonly PluginFault[]> {
    const faults: PluginFault[] = [];
    for (const [plugin, described] of plugins.entries()) {
      try {
        this.#add(plugin, described, await importPlugin(described));
      } catch (error) {
        faults.push({ plugin, error: describeThrown(error) });
      }
    }
    return faults;
  }

  #add(plugin: number, { name: shortName, isListed, config }: GuestPlugin, value: PluginValue): void {
    const name = isListed ? shortName : (value.name ?? shortName);
    const functions = Object.entries(value.functions ?? {});
    const taken = functions.find(([functionName]) => this.#functions.has(functionName))?.[0];
    if (this.#plugins.has(name)) throw new PluginError(`Another plug-in is named "${name}", too.`);
    if (taken !== undefined) throw new PluginError(`Another plug-in has a SQL function "${taken}", too.`);
    this.#plugins.set(name, { value, settings: config });
    for (const [functionName, fn] of functions) this.#functions.add(functionName, fn, plugin);
  }
}

/** A plug-in that loads and cannot be used; its message needs no stack. */
class PluginError extends Error {
  override readonly name = 'PluginError';
}

async function importPlugin({ file, path }: GuestPlugin): Promise<PluginValue> {
  if (file === undefined) throw new PluginError('A TypeScript plug-in must be a file of the project.');
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  // A CommonJS file has its exports in `default` once it is bundled.
  const { default: whole, ...named } = module;
  const nested = typeof whole === 'object' && whole !== null && !isPlugin(whole) ? Object.values(whole) : [];
  const found = [whole, ...Object.values(named), ...nested].find(isPlugin);
  if (found !== undefined) return found;
  throw new PluginError(
    `${path} exports nothing that definePlugin made. If it only helps other files, start its name with "_".`,
  );
}
