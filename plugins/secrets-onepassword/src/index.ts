export { onepasswordPlugin as plugin } from './onepassword-plugin.ts';
