export { coerceArguments } from './arguments/coerce-arguments.ts';
export { type ArgumentReader, compileArguments } from './arguments/compile-arguments.ts';
export { type Check, compileCheck } from './check/compile-check.ts';
export type { JsonObject, JsonSchema, JsonValue, Problem } from './json.ts';
export {
  createSchemaCheck,
  findInfinite,
  type SchemaCheck,
  type SchemaFinding,
} from './json-schema/check-json-schema.ts';
export { compileSchemaArguments } from './json-schema/compile-schema-arguments.ts';
export { findHeaderFaults, findHeaders, type HeaderFault } from './json-schema/find-header-faults.ts';
export { everySchema, type SchemaPath, type Subschema } from './json-schema/subschemas.ts';
export { type DeclaredNumber, type RenderedNumber, renderNumberText } from './number/render-number-text.ts';
export type { Read } from './read.ts';
export { compileResult, type ResultShaper } from './result/compile-result.ts';
export { inputSchemaOf, markedInputSchemaOf } from './schema/input-schema.ts';
export { isMedia, mayBeNull, outputSchemaOf, publishedSchemaOf } from './schema/output-schema.ts';
export type { Place } from './schema/render-type.ts';
export { createTypeCheck, type TypeCheck } from './type/check-type.ts';
export { isBinaryMedia } from './type/media.ts';
export type { TypeFinding } from './type/type-finding.ts';
export { isNullable } from './type/type-kind.ts';
