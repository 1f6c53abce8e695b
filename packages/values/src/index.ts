export { type ArgumentReader, compileArguments } from './arguments/compile-arguments.ts';
export type { JsonObject, JsonSchema, JsonValue, Problem } from './json.ts';
export { type DeclaredNumber, type RenderedNumber, renderNumberText } from './number/render-number-text.ts';
export type { Read } from './read.ts';
export { compileResult, type ResultShaper } from './result/compile-result.ts';
export { inputSchemaOf } from './schema/input-schema.ts';
export { outputSchemaOf } from './schema/output-schema.ts';
export { createTypeCheck, type TypeCheck } from './type/check-type.ts';
export type { TypeFinding } from './type/type-finding.ts';
