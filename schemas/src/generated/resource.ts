// Generated from schemas/v1/resource.schema.json by scripts/generate-types.mjs. Do not edit.
import type { ParameterDefinition } from './parameter.ts';
import type { PolicySet } from './policies.ts';
import type { SourceDefinition } from './source.ts';
import type { TestDefinition } from './test.ts';
import type { TypeDefinition } from './type.ts';

/**
 * A file that defines one MCP resource, or a family of them by a URI template.
 */
export interface ResourceFile {
  /**
   * The version of the file format. Always 1.
   */
  mxcp?: 1;
  /**
   * The resource.
   */
  resource: Resource;
  /**
   * Notes for people and other programs; not used by mxcp-ts.
   */
  metadata?: {
    [k: string]: unknown;
  };
}

/**
 * The resource.
 */
export interface Resource {
  /**
   * The address of the resource, such as `flights://airports`, or a template with variables: `flights://airports/{code}`. Each variable is a parameter, each parameter a variable.
   */
  uri: string;
  /**
   * A short name for people.
   */
  name?: string;
  /**
   * What the resource is for. Models decide by this whether to use it.
   */
  description?: string;
  /**
   * Free labels, for grouping and filtering.
   */
  tags?: string[];
  /**
   * The media type of the content, such as `application/json`.
   */
  mime_type?: string;
  /**
   * The arguments, in the order they are shown.
   */
  parameters?: ParameterDefinition[];
  /**
   * The type of the result. Results are shaped and checked by it, and clients get it as a schema.
   */
  return?: TypeDefinition;
  /**
   * Another spelling of `return`.
   */
  return_?: TypeDefinition;
  /**
   * Set to false to leave the resource out.
   */
  enabled?: boolean;
  /**
   * How long a call may take: `30s`, `500ms`, `2m`, or a number of seconds. The call is stopped at this point.
   */
  timeout?: number | string;
  /**
   * Rules on who may call and what they get to see.
   */
  policies?: PolicySet;
  /**
   * Calls with expected results, run by `mxcp-ts test`.
   */
  tests?: TestDefinition[];
  /**
   * The language of the handler. Left out: the suffix of the source file decides; inline code is SQL.
   */
  language?: 'sql' | 'typescript' | 'python';
  /**
   * Where the handler is.
   */
  source: SourceDefinition;
  /**
   * The most rows a SQL result may have. More are an error, never a silent cut.
   */
  max_rows?: number;
}
