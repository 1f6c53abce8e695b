import type { PluginName } from '@mxcp-ts/project';

/** The first-party plug-in of this name. Each is a file of its own in the bundle, read only when it is asked for. */
export async function importPlugin(name: PluginName): Promise<unknown> {
  switch (name) {
    case 'secrets-vault':
      return (await import('@mxcp-ts/secrets-vault')).plugin;
    case 'secrets-onepassword':
      return (await import('@mxcp-ts/secrets-onepassword')).plugin;
  }
}
