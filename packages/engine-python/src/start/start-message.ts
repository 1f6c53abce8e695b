import {
  type GuestHandler,
  type GuestModule,
  type GuestOptions,
  type GuestPlugin,
  guestConfigOf,
} from '@mxcp-ts/guest';
import { argumentsOf, type PluginDefinition, type Project } from '@mxcp-ts/project';
import { functionNameOf, type PythonEndpoint } from '../python-endpoints.ts';
import { pathOfPlugin } from '../python-plugins.ts';

export interface PythonCode {
  readonly endpoints: readonly PythonEndpoint[];
  readonly plugins: readonly PluginDefinition[];
  readonly modules: readonly GuestModule[];
}

/** The guest's first message. Handlers stand in the order of the endpoints, plug-ins in their own. */
export function startMessage(
  { root, config }: Project,
  { endpoints, plugins, modules }: PythonCode,
  canReload: boolean,
): GuestOptions['start'] {
  return {
    root,
    modules,
    handlers: endpoints.map(endpoint => handlerOf(endpoint, modules)),
    plugins: plugins.map(pluginOf),
    config: guestConfigOf(config),
    canReload,
  };
}

function pluginOf(plugin: PluginDefinition): GuestPlugin {
  const { name, module, file, isListed, config } = plugin;
  return {
    name,
    module,
    path: pathOfPlugin(plugin),
    isListed,
    config,
    ...(file !== undefined && { file: file.absolute }),
  };
}

function handlerOf(endpoint: PythonEndpoint, modules: readonly GuestModule[]): GuestHandler {
  const { definition, source } = endpoint;
  const functionName = functionNameOf(endpoint);
  return {
    module: modules.findIndex(module =>
      'file' in source
        ? module.file === source.file.absolute
        : module.path === definition.file.path && module.code === source.code.text,
    ),
    endpoint: definition.name,
    ...(functionName !== undefined && { function: functionName }),
    parameters: argumentsOf(definition).map(({ name, format }) => ({ name, ...(format !== undefined && { format }) })),
    ...(definition.kind === 'completion' && { takesWhatItNames: true }),
  };
}
