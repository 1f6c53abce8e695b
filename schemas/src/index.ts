export {
  type JsonSchemaDocument,
  promptSchema,
  resourceSchema,
  schemaDocuments,
  siteSchema,
  toolSchema,
  typeSchema,
  userConfigSchema,
} from './documents.ts';
export type { ElicitBlock } from './generated/elicit.ts';
export type { IconDefinition } from './generated/icon.ts';
export type { ParameterDefinition } from './generated/parameter.ts';
export type { PolicyRule, PolicySet } from './generated/policies.ts';
export type { Prompt, PromptFile } from './generated/prompt.ts';
export type { Resource, ResourceFile } from './generated/resource.ts';
export type { PluginReference, SiteFile, SiteProfile } from './generated/site.ts';
export type { SourceDefinition } from './generated/source.ts';
export type { TestDefinition } from './generated/test.ts';
export type { Tool, ToolFile } from './generated/tool.ts';
export type { TypeDefinition } from './generated/type.ts';
export type { UserConfigFile, UserProfile, UserProject } from './generated/user-config.ts';
