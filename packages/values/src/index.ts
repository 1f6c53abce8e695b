export type { JsonObject, JsonSchema, JsonValue, Problem } from './json.ts';
