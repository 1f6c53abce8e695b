export { vaultPlugin as plugin } from './vault-plugin.ts';
