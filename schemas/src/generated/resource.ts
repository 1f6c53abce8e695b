// Generated from schemas/v1/resource.schema.json by scripts/generate-types.mjs. Do not edit.
import type { ElicitBlock } from './elicit.ts';
import type { IconDefinition } from './icon.ts';
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
   * A name that clients get; what they show as long as no `title` is written.
   */
  name?: string;
  /**
   * A short name for people.
   */
  title?: string;
  /**
   * What the resource is for. Models decide by this whether to use it.
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
   * Data of your own that clients get as `_meta` of the resource.
   */
  meta?: {
    [k: string]: unknown;
  };
  /**
   * The media type of the content, such as `application/json`.
   */
  mime_type?: string;
  /**
   * Hints for clients on what to do with the content.
   */
  annotations?: {
    /**
     * Whom it is for.
     */
    audience?: ('user' | 'assistant')[];
    /**
     * How important it is: from 0, may be left out, to 1, must be there.
     */
    priority?: number;
    /**
     * When it last changed, as ISO 8601: `2025-01-31T13:05:00Z`.
     */
    last_modified?: string;
  };
  /**
   * How long clients may keep the content: `5m`, or `ttl` and `scope`. Left out: not at all.
   */
  cache?:
    | number
    | string
    | {
        /**
         * How long: `5m`, or a number of seconds.
         */
        ttl: number | string;
        /**
         * `public`: every caller gets the same content, so that a cache may be shared.
         */
        scope?: 'public' | 'private';
      };
  /**
   * What changes the content. Clients that have subscribed are then told.
   *
   * Items: One of `table`, `file`, `every` and `cron`.
   */
  changes?: {
    /**
     * A table that the content is read from: SQL of this project has written to it.
     */
    table?: string;
    /**
     * A file inside the project that the content is read from, relative to this file.
     */
    file?: string;
    /**
     * How often it changes: `5m`, or a number of seconds; at least one.
     */
    every?: number | string;
    /**
     * When it changes: minute, hour, day of the month, month and day of the week, such as `0 6 * * *`, in the time zone of the machine.
     */
    cron?: string;
  }[];
  /**
   * The arguments, in the order they are shown.
   */
  parameters?: ParameterDefinition[];
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
