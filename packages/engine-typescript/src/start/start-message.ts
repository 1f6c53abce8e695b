import { type GuestOptions, guestConfigOf } from '@mxcp-ts/guest';
import type { Project } from '@mxcp-ts/project';
import type { BundledModule } from '../bundle/write-bundle.ts';
import type { CodeEndpoint } from '../code-endpoint.ts';
import { findFunctionName } from '../function-name.ts';

/** What the guest is told first: what to load, what to call, what `config` shows. */
export function startMessageOf(
  { root, config }: Project,
  endpoints: readonly CodeEndpoint[],
  modules: readonly BundledModule[],
): GuestOptions['start'] {
  const indexes = new Map(modules.map(({ file }, index) => [file.absolute, index]));
  return {
    root,
    modules: modules.map(({ file, bundled }) => ({ file: bundled, path: file.relative })),
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
    config: guestConfigOf(config),
  };
}
