// Generated from schemas/v1/type.schema.json by scripts/generate-types.mjs. Do not edit.

/**
 * The type of a parameter, a property, an item or a result. A subset of JSON Schema; what is written here reaches MCP clients as it is.
 */
export interface TypeDefinition {
  /**
   * Takes the type from elsewhere: a file relative to this one (`../types/airport.yml`), a JSON Pointer in this file (`#/tool/return`), or both (`../types/common.yml#/airport`). Keys beside it override the referenced ones.
   */
  $ref?: string;
  /**
   * What kind of value this is.
   */
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  /**
   * A short label for people.
   */
  title?: string;
  /**
   * What the value means. Models read this.
   */
  description?: string;
  /**
   * A narrower kind of string. `timestamp` is seconds since 1970 in UTC.
   */
  format?: 'email' | 'uri' | 'date' | 'time' | 'date-time' | 'duration' | 'timestamp';
  /**
   * Used when the value is left out. Its presence makes a parameter optional; `default: null` also admits null.
   */
  default?: unknown;
  /**
   * Sample values, shown to models.
   */
  examples?: unknown[];
  /**
   * The only allowed values.
   *
   * @minItems 1
   */
  enum?: unknown[];
  /**
   * The one allowed value.
   */
  const?: unknown;
  /**
   * Whether null is allowed too. An object result that is nullable is null when the query gives no row.
   */
  nullable?: boolean;
  /**
   * Marks a value that must never be logged or audited in clear.
   */
  sensitive?: boolean;
  /**
   * The shortest allowed text, in characters.
   */
  minLength?: number;
  /**
   * The longest allowed text, in characters.
   */
  maxLength?: number;
  /**
   * A regular expression that the text must match somewhere; anchor it with ^ and $.
   */
  pattern?: string;
  /**
   * The media type of what the text holds, such as `image/png`. A result that is such a text as a whole reaches clients as an image, a sound or a resource.
   */
  contentMediaType?: string;
  /**
   * How bytes are written as text. A BLOB of DuckDB is base64.
   */
  contentEncoding?: 'base64';
  /**
   * The least allowed number.
   */
  minimum?: number;
  /**
   * The greatest allowed number.
   */
  maximum?: number;
  /**
   * The number must be greater than this.
   */
  exclusiveMinimum?: number;
  /**
   * The number must be less than this.
   */
  exclusiveMaximum?: number;
  /**
   * The number must be a multiple of this.
   */
  multipleOf?: number;
  /**
   * The fewest allowed items.
   */
  minItems?: number;
  /**
   * The most allowed items.
   */
  maxItems?: number;
  /**
   * Whether all items must differ.
   */
  uniqueItems?: boolean;
  /**
   * The type of every item of an array. Left out: anything.
   */
  items?: TypeDefinition;
  /**
   * The known properties of an object.
   */
  properties?: {
    [k: string]: TypeDefinition;
  };
  /**
   * The properties that must be present.
   */
  required?: string[];
  /**
   * Whether an object may have properties that are not listed. Left out: yes.
   */
  additionalProperties?: boolean;
  /**
   * Exactly one of these must fit.
   *
   * @minItems 1
   */
  oneOf?: TypeDefinition[];
  /**
   * At least one of these must fit.
   *
   * @minItems 1
   */
  anyOf?: TypeDefinition[];
  /**
   * Only at a parameter of a prompt or a resource: what clients may propose while someone types. A list of texts, or a handler written like `source`.
   */
  complete?: (
    | {
        /**
         * The SQL (or Python) itself.
         */
        code?: string;
        /**
         * A .sql, .ts, .js, .mjs or .py file, relative to this file.
         */
        file?: string;
        /**
         * Which function of the file to call.
         */
        function?: string;
        /**
         * The language of the code.
         */
        language?: 'sql' | 'typescript' | 'python';
      }
    | string
  )[];
  /**
   * Ignored here; accepted for compatibility.
   */
  name?: string;
  [keyword: `x-${string}`]: unknown;
}
