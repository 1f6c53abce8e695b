import { definePlugin, type Plugin } from '@mxcp-ts/plugin-api';
import { parseReference } from './op-reference.ts';
import { openConnect } from './open-connect.ts';

export const onepasswordPlugin: Plugin = definePlugin({
  name: 'secrets-onepassword',
  apiVersion: 1,
  secretSources: [
    {
      scheme: 'op',
      check: reference => {
        const parsed = parseReference(reference);
        return parsed.ok ? undefined : parsed.problem;
      },
      open: openConnect,
    },
  ],
});
