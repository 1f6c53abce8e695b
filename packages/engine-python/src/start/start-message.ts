import { type GuestHandler, type GuestModule, type GuestOptions, guestConfigOf } from '@mxcp-ts/guest';
import type { Project } from '@mxcp-ts/project';
import { functionNameOf, type PythonEndpoint } from '../python-endpoints.ts';

/** The guest's first message. Handlers stand in the order of the endpoints. */
export function startMessage(
  project: Project,
  endpoints: readonly PythonEndpoint[],
  modules: readonly GuestModule[],
): GuestOptions['start'] {
  const { config, root } = project;
  return {
    root,
    modules,
    handlers: endpoints.map(endpoint => handlerOf(endpoint, modules)),
    config: guestConfigOf(config),
  };
}

function handlerOf(endpoint: PythonEndpoint, modules: readonly GuestModule[]): GuestHandler {
  const { definition, source } = endpoint;
  const functionName = functionNameOf(endpoint);
  return {
    module: modules.findIndex(module =>
      'file' in source ? module.file === source.file.absolute : module.path === definition.file.path,
    ),
    endpoint: definition.name,
    ...(functionName !== undefined && { function: functionName }),
    parameters: definition.parameters.map(({ name, format }) => ({ name, ...(format !== undefined && { format }) })),
  };
}
