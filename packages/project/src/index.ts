export type {
  EmbeddedText,
  EndpointDefinition,
  EndpointKind,
  HandlerLanguage,
  HandlerSource,
  Locate,
  ParameterDefinition,
  PromptDefinition,
  PromptMessage,
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
