// Generated from schemas/v1/tool.schema.json by scripts/generate-types.mjs. Do not edit.
import type { ElicitBlock } from './elicit.ts';
import type { IconDefinition } from './icon.ts';
import type { ParameterDefinition } from './parameter.ts';
import type { PolicySet } from './policies.ts';
import type { SourceDefinition } from './source.ts';
import type { TestDefinition } from './test.ts';
import type { TypeDefinition } from './type.ts';

/**
 * A file that defines one MCP tool.
 */
export interface ToolFile {
  /**
   * The version of the file format. Always 1.
   */
  mxcp?: 1;
  /**
   * The tool.
   */
  tool: Tool;
  /**
   * Notes for people and other programs; not used by mxcp-ts.
   */
  metadata?: {
    [k: string]: unknown;
  };
}

/**
 * The tool.
 */
export interface Tool {
  /**
   * The unique name of the tool: letters, digits, `_`, `-` (some clients refuse a dot), at most 64.
   */
  name: string;
  /**
   * A short name for people.
   */
  title?: string;
  /**
   * What the tool is for. Models decide by this whether to use it.
   */
  description?: string;
  /**
   * Free labels, for grouping and filtering.
   */
  tags?: string[];
  /**
   * Pictures that clients may show.
   */
  icons?: IconDefinition[];
  /**
   * Data of your own that clients get as `_meta` of the tool.
   */
  meta?: {
    [k: string]: unknown;
  };
  /**
   * Hints for clients on what calling the tool does.
   */
  annotations?: {
    /**
     * A short name for people; the same as `title` of the tool.
     */
    title?: string;
    /**
     * Whether the tool changes nothing.
     */
    readOnlyHint?: boolean;
    /**
     * Whether it may delete or overwrite things.
     */
    destructiveHint?: boolean;
    /**
     * Whether calling it again with the same arguments has no further effect.
     */
    idempotentHint?: boolean;
    /**
     * Whether it reaches out to other systems.
     */
    openWorldHint?: boolean;
  };
  /**
   * The arguments, in the order they are shown.
   */
  parameters?: ParameterDefinition[];
  /**
   * The arguments as JSON Schema 2020-12, instead of `parameters`. Clients get it as it is written.
   */
  input_schema?: {
    [k: string]: unknown;
  };
  /**
   * What is asked of the caller's user before the handler runs.
   */
  elicit?: ElicitBlock;
  /**
   * The type of the result. Results are shaped and checked by it, and clients get it as a schema.
   */
  return?: TypeDefinition;
  /**
   * Another spelling of `return`.
   */
  return_?: TypeDefinition;
  /**
   * Set to false to leave the tool out.
   */
  enabled?: boolean;
  /**
   * How long a call may take: `30s`, `500ms`, `2m`, or a number of seconds. The call is stopped at this point.
   */
  timeout?: number | string;
  /**
   * Whether calls become tasks, which clients ask for later: for clients that know tasks, or `required`, so that no others may call. `timeout` is then an hour if nothing else is written.
   */
  task?: 'optional' | 'required';
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
