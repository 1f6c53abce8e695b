// Generated from schemas/v1/prompt.schema.json by scripts/generate-types.mjs. Do not edit.
import type { ElicitBlock } from './elicit.ts';
import type { IconDefinition } from './icon.ts';
import type { ParameterDefinition } from './parameter.ts';
import type { PolicySet } from './policies.ts';
import type { SourceDefinition } from './source.ts';
import type { TestDefinition } from './test.ts';
import type { TypeDefinition } from './type.ts';

/**
 * A file that defines one MCP prompt.
 */
export interface PromptFile {
  /**
   * The version of the file format. Always 1.
   */
  mxcp?: 1;
  /**
   * The prompt.
   */
  prompt: Prompt;
  /**
   * Notes for people and other programs; not used by mxcp-ts.
   */
  metadata?: {
    [k: string]: unknown;
  };
}

/**
 * The prompt.
 */
export interface Prompt {
  /**
   * The unique name of the prompt: letters, digits, `_`, `-` (some clients refuse a dot), at most 64.
   */
  name: string;
  /**
   * A short name for people.
   */
  title?: string;
  /**
   * What the prompt is for. Models decide by this whether to use it.
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
   * Data of your own that clients get as `_meta` of the prompt.
   */
  meta?: {
    [k: string]: unknown;
  };
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
   * Set to false to leave the prompt out.
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
   * The messages of the prompt, in order; or write a `source`.
   *
   * @minItems 1
   *
   * Items: One message: exactly one of `prompt`, `image`, `audio`, `resource` and `link`.
   */
  messages?: {
    /**
     * The text: a Jinja template in which the parameters are variables.
     */
    prompt?: string;
    /**
     * A picture: `file` or `data`.
     */
    image?: {
      /**
       * A file of the project, relative to this file, of at most 4 MiB.
       */
      file?: string;
      /**
       * The bytes as base64.
       */
      data?: string;
      /**
       * The media type. Left out: by the suffix of the file.
       */
      mime_type?: string;
    };
    /**
     * A sound: `file` or `data`.
     */
    audio?: {
      /**
       * A file of the project, relative to this file, of at most 4 MiB.
       */
      file?: string;
      /**
       * The bytes as base64.
       */
      data?: string;
      /**
       * The media type. Left out: by the suffix of the file.
       */
      mime_type?: string;
    };
    /**
     * A text that goes along as the content of a resource.
     */
    resource?: {
      /**
       * The URI: a Jinja template.
       */
      uri: string;
      /**
       * The media type of the content.
       */
      mime_type?: string;
      /**
       * The content: a Jinja template.
       */
      text: string;
    };
    /**
     * A resource that the client may read itself.
     */
    link?: {
      /**
       * The URI: a Jinja template.
       */
      uri: string;
      /**
       * What the resource is called.
       */
      name: string;
      /**
       * The media type of the content.
       */
      mime_type?: string;
    };
    /**
     * Who says it. MCP has no `system`; such a message is sent as `user`.
     */
    role?: 'user' | 'assistant' | 'system';
    /**
     * Ignored; accepted for compatibility.
     */
    type?: string;
  }[];
  /**
   * The language of the handler. Left out: the suffix of the source file decides; inline code is SQL.
   */
  language?: 'sql' | 'typescript' | 'python';
  /**
   * A handler that gives the messages, instead of `messages`.
   */
  source?: SourceDefinition;
  /**
   * The most rows a SQL result may have. More are an error, never a silent cut.
   */
  max_rows?: number;
}
