export { argumentsOf } from './arguments-of.ts';
export type {
  CacheDefinition,
  ChangeSource,
  CompletionDefinition,
  CompletionSource,
  Completions,
  ElicitDefinition,
  EmbeddedText,
  EndpointDefinition,
  EndpointKind,
  HandlerLanguage,
  HandlerSource,
  Icon,
  Locate,
  ParameterDefinition,
  PromptContent,
  PromptDefinition,
  PromptMessage,
  ResourceAnnotations,
  ResourceDefinition,
  SourcePath,
  ToolAnnotations,
  ToolDefinition,
  UriTemplate,
} from './definition.ts';
export { findProjectRoot } from './find-project-root.ts';
export { loadProject } from './load-project.ts';
export type {
  DatabaseConfig,
  EndpointFileReport,
  Extension,
  HttpConfig,
  LoadedProject,
  LoadOptions,
  LoggingConfig,
  PluginDefinition,
  Project,
  ProjectConfig,
  SecretDefinition,
  SetupFile,
} from './project.ts';
export type { PluginName } from './references/secret-plugins.ts';
