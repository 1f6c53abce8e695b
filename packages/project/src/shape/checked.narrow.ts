// What the schemas in schemas/v1 have accepted is of the types generated from them; a check of the tests holds the two together.
import type { Prompt, Resource, SiteFile, Tool, TypeDefinition, UserConfigFile } from '@mxcp-ts/schemas';
import type { JsonObject, JsonSchema, JsonValue } from '@mxcp-ts/values';

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

/** Of a free mapping in YAML, whose numbers were found to be finite. */
export function asJsonObject(checked: Readonly<Record<string, unknown>>): JsonObject {
  return checked as JsonObject;
}

/** Of a leaf of a type, whose numbers were found to be finite. */
export function asJsonValue(checked: unknown): JsonValue {
  return checked as JsonValue;
}

/** What is a mapping; undefined for anything else. */
export function asRecord(value: unknown): JsonSchema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : undefined;
}
