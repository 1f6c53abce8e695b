// Generated from schemas/v1/source.schema.json by scripts/generate-types.mjs. Do not edit.

/**
 * Where the handler is: either `code` or `file`.
 */
export interface SourceDefinition {
  /**
   * The SQL (or Python) itself, best written as a `|` block.
   */
  code?: string;
  /**
   * A .sql, .ts, .js, .mjs or .py file, relative to this file; with a leading slash relative to the project folder. It must lie inside the project.
   */
  file?: string;
  /**
   * Which function of the file to call. Left out: the one named like the tool, or the file's only public function.
   */
  function?: string;
  /**
   * The language of the code. Left out: the suffix of the file decides; inline code is SQL.
   */
  language?: 'sql' | 'typescript' | 'python';
}
