export { definePlugin, type Plugin, pluginApiVersion, readPlugin } from './plugin.ts';
export { type JsonAnswer, type JsonRequest, requestJson } from './request-json.ts';
export type {
  OpenedSource,
  ReferenceProblem,
  SecretRead,
  SecretReader,
  SecretSource,
  SecretSourceOptions,
  SettingProblem,
} from './secret-source.ts';
