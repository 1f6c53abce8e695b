import type { SourceScheme } from './scan-references.ts';

/** The plug-ins that read references, each named by the block of the user config that switches it on. */
export type PluginName = 'secrets-vault' | 'secrets-onepassword';

export interface SecretPlugin {
  readonly name: PluginName;
  readonly block: 'vault' | 'onepassword';
  /** How the block may look, for hints. */
  readonly example: string;
}

export const secretPlugins: Readonly<Record<SourceScheme, SecretPlugin>> = Object.freeze({
  vault: {
    name: 'secrets-vault',
    block: 'vault',
    example: 'vault: {enabled: true, address: "https://vault.example.com:8200"}',
  },
  op: {
    name: 'secrets-onepassword',
    block: 'onepassword',
    example: 'onepassword: {enabled: true, connect_host: "http://localhost:8080"}',
  },
});
