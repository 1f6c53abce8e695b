import { compileCheck, type JsonObject, type JsonValue, type Problem } from '@mxcp-ts/values';

/** What is wrong with a value of a form. A schema that does not compile asks for nothing that could be checked. */
export function problemsOf(schema: JsonObject, value: JsonValue): readonly Problem[] {
  try {
    return compileCheck(schema)(value).problems;
  } catch {
    return [];
  }
}
