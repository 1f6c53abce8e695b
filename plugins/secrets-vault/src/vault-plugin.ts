import { definePlugin, type Plugin } from '@mxcp-ts/plugin-api';
import { openVault } from './open-vault.ts';
import { parseReference } from './vault-reference.ts';

export const vaultPlugin: Plugin = definePlugin({
  name: 'secrets-vault',
  apiVersion: 1,
  secretSources: [
    {
      scheme: 'vault',
      check: reference => {
        const parsed = parseReference(reference);
        return parsed.ok ? undefined : parsed.problem;
      },
      open: openVault,
    },
  ],
});
