import { type GuestOptions, guestConfigOf } from '@mxcp-ts/guest';
import type { Project } from '@mxcp-ts/project';
import type { BundledModule } from '../bundle/write-bundle.ts';
import type { CodeEndpoint } from '../code-endpoint.ts';
import type { CodePlugin } from '../code-plugin.ts';
import { findFunctionName } from '../function-name.ts';

/** The code that is started. */
export interface BundledCode {
  readonly endpoints: readonly CodeEndpoint[];
  readonly plugins: readonly CodePlugin[];
  readonly modules: readonly BundledModule[];
}

/** What the guest is told first: what to load, what to call, what `config` shows. */
export function startMessageOf(
  { root, config }: Project,
  { endpoints, plugins, modules }: BundledCode,
  canReload: boolean,
): GuestOptions['start'] {
  const indexes = new Map(modules.map(({ file }, index) => [file.absolute, index]));
  const handled = new Set(endpoints.map(({ file }) => file.absolute));
  // Plug-in files come last; the guest loads them from the list of plug-ins.
  const loaded = modules.filter(({ file }) => handled.has(file.absolute));
  return {
    root,
    modules: loaded.map(({ file, bundled }) => ({ file: bundled, path: file.relative })),
    handlers: endpoints.map(endpoint => {
      const module = indexes.get(endpoint.file.absolute) ?? -1;
      const name = findFunctionName(endpoint, modules[module]?.exports ?? []);
      return {
        module,
        endpoint: endpoint.definition.name,
        ...(name !== undefined && { function: name }),
        parameters: endpoint.definition.parameters.map(parameter => ({ name: parameter.name })),
      };
    }),
    plugins: plugins.map(({ definition: { name, module, isListed, config }, file }) => {
      const bundled = modules[indexes.get(file.absolute) ?? -1]?.bundled;
      return { name, module, isListed, config, path: file.relative, ...(bundled !== undefined && { file: bundled }) };
    }),
    config: guestConfigOf(config),
    canReload,
  };
}
