// What the schemas in schemas/v1 have accepted is of the types generated from them; a check of the tests holds the two together.
import type { Prompt, Resource, SiteFile, Tool, TypeDefinition, UserConfigFile } from '@mxcp-ts/schemas';

export function asType(checked: unknown): TypeDefinition {
  return checked as TypeDefinition;
}

export function asTool(checked: unknown): Tool {
  return (checked as { tool: Tool }).tool;
}

export function asResource(checked: unknown): Resource {
  return (checked as { resource: Resource }).resource;
}

export function asPrompt(checked: unknown): Prompt {
  return (checked as { prompt: Prompt }).prompt;
}

export function asSite(checked: unknown): Partial<SiteFile> {
  return checked as Partial<SiteFile>;
}

export function asUserConfig(checked: unknown): UserConfigFile {
  return checked as UserConfigFile;
}
