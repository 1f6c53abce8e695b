/** A value that JSON can express: no BigInt, no NaN, no undefined, no cycles. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** A JSON Schema document (draft 2020-12), as it goes over the wire. */
export type JsonSchema = { [keyword: string]: unknown };

/** One thing that is wrong with a value that came in or goes out. */
export interface Problem {
  /** Where, as a JSON Pointer into the value ("" is the value itself): `/window/from`, `/0/total`. */
  readonly pointer: string;
  /** What is wrong, without the place: `must be an integer`. Never holds the value when the type is `sensitive`. */
  readonly message: string;
}
