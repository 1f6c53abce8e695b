// Generated from schemas/v1/site.schema.json by scripts/generate-types.mjs. Do not edit.
import type { IconDefinition } from './icon.ts';

/**
 * mxcp-site.yml: the file that makes a folder an MXCP project.
 */
export interface SiteFile {
  /**
   * The version of the file format. Always 1.
   */
  mxcp?: 1;
  /**
   * The name of the project; the key of its part of the user config.
   */
  project: string;
  /**
   * The profile used when neither --profile nor MXCP_PROFILE names one.
   */
  profile: string;
  /**
   * Names of secrets that the user config must define for the active profile.
   */
  secrets?: string[];
  /**
   * Whether handlers and DuckDB get only the secrets listed under `secrets`.
   */
  strict_secrets?: boolean;
  /**
   * Built-in tool packs to serve too, such as `sql`.
   */
  packs?: string[];
  /**
   * Plug-ins that add SQL functions.
   */
  plugin?: PluginReference[];
  /**
   * DuckDB extensions to load.
   *
   * Items: An extension: its name, or its name and repository.
   */
  extensions?: (
    | {
        /**
         * The name of a DuckDB extension.
         */
        name: string;
        /**
         * The repository to install it from. Left out: DuckDB's own.
         */
        repo?: 'community' | 'core_nightly';
      }
    | string
  )[];
  /**
   * What holds for the database in every profile; a profile's own `duckdb` comes on top.
   */
  duckdb?: {
    /**
     * SQL files that make the project's tables, in order; `*`, `?` and `**` are allowed. Each is run once, and again when it changes. Relative to the project folder.
     */
    setup?: string[];
    /**
     * DuckDB settings, set when the database is opened: `memory_limit: 2GB`.
     */
    settings?: {
      [k: string]: string | number | boolean;
    };
  };
  /**
   * How Python handlers run.
   */
  python?: {
    /**
     * The Python to run handlers with: a path relative to the project folder, or a command. Left out: the project's .venv, then the active virtual environment, then python3.
     */
    interpreter?: string;
  };
  /**
   * Settings of the dbt commands.
   */
  dbt?: {
    /**
     * Whether the dbt commands work.
     */
    enabled?: boolean;
    /**
     * Folders of dbt models.
     */
    model_paths?: string[];
    /**
     * Folders of dbt analyses.
     */
    analysis_paths?: string[];
    /**
     * Folders of dbt tests.
     */
    test_paths?: string[];
    /**
     * Folders of dbt seeds.
     */
    seed_paths?: string[];
    /**
     * Folders of dbt macros.
     */
    macro_paths?: string[];
    /**
     * Folders of dbt snapshots.
     */
    snapshot_paths?: string[];
    /**
     * Folders that `dbt clean` removes.
     */
    clean_targets?: string[];
    /**
     * Where dbt puts what it compiles.
     */
    target_path?: string;
  };
  /**
   * The tool pack `sql`: tools that query the database freely.
   */
  sql_tools?: {
    /**
     * Whether to serve the tool pack `sql`.
     */
    enabled?: boolean;
    /**
     * Functions that `execute_sql_query` may call although they are refused otherwise: table functions that read files (`read_csv`), or macros of the project. Whoever may call the tool may then read what they read.
     */
    allow_functions?: string[];
    /**
     * Changes to the tool `execute_sql_query`.
     */
    execute_sql_query?: {
      /**
       * Shown instead of the built-in description.
       */
      description?: string;
    };
    /**
     * Changes to the tool `list_tables`.
     */
    list_tables?: {
      /**
       * Shown instead of the built-in description.
       */
      description?: string;
    };
    /**
     * Changes to the tool `get_table_schema`.
     */
    get_table_schema?: {
      /**
       * Shown instead of the built-in description.
       */
      description?: string;
    };
  };
  /**
   * How the server presents itself, and what it allows its MCP clients.
   */
  mcp?: {
    /**
     * A name for people.
     */
    title?: string;
    /**
     * What the server is for.
     */
    description?: string;
    /**
     * A page about the server.
     */
    website_url?: string;
    /**
     * Pictures that clients may show.
     */
    icons?: IconDefinition[];
    /**
     * What models should know to use the project well.
     */
    instructions?: string;
    /**
     * How many entries one page of a list has.
     */
    page_size?: number;
    /**
     * How long clients may keep lists: `1m`, or a number of seconds.
     */
    list_ttl?: number | string;
    /**
     * Calls of tools that declare `task`.
     */
    tasks?: {
      /**
       * How long a task is kept, from its creation.
       */
      ttl?: number | string;
      /**
       * The most tasks at one time.
       */
      max?: number;
      /**
       * How often clients should look.
       */
      poll_interval?: number | string;
    };
  };
  /**
   * Names of folders, relative to this file.
   */
  paths?: {
    /**
     * The folder of tool files.
     */
    tools?: string;
    /**
     * The folder of resource files.
     */
    resources?: string;
    /**
     * The folder of prompt files.
     */
    prompts?: string;
    /**
     * The folder of eval suites.
     */
    evals?: string;
    /**
     * The folder of Python modules that handlers import.
     */
    python?: string;
    /**
     * The folder of plug-in modules.
     */
    plugins?: string;
    /**
     * The folder of SQL files; for people only, sources name their own.
     */
    sql?: string;
    /**
     * The folder of drift snapshots.
     */
    drift?: string;
    /**
     * The folder of audit logs.
     */
    audit?: string;
    /**
     * The folder of databases.
     */
    data?: string;
  };
  /**
   * Settings by profile.
   */
  profiles?: {
    [k: string]: SiteProfile;
  };
}

/**
 * A plug-in.
 */
export interface PluginReference {
  /**
   * The name of this instance; the suffix of its SQL functions.
   */
  name: string;
  /**
   * The module to load.
   */
  module: string;
  /**
   * The name of a block under `plugin.config` in the user config.
   */
  config?: string;
}

/**
 * Settings of one profile.
 */
export interface SiteProfile {
  /**
   * The database of this profile.
   */
  duckdb?: {
    /**
     * The database file, relative to this file, or `:memory:`. Left out: `db-<profile>.duckdb` in the data folder.
     */
    path?: string;
    /**
     * Whether the database is only read.
     */
    readonly?: boolean;
    /**
     * SQL files that make the project's tables, in order; `*`, `?` and `**` are allowed. Each is run once, and again when it changes. Relative to the project folder.
     */
    setup?: string[];
    /**
     * DuckDB settings, set when the database is opened: `memory_limit: 2GB`.
     */
    settings?: {
      [k: string]: string | number | boolean;
    };
  };
  /**
   * Where drift snapshots go.
   */
  drift?: {
    /**
     * The drift snapshot of this profile.
     */
    path?: string;
  };
  /**
   * The audit log.
   */
  audit?: {
    /**
     * Whether calls are logged for audit.
     */
    enabled?: boolean;
    /**
     * The audit log of this profile.
     */
    path?: string;
    /**
     * The most bytes in one file of the log.
     */
    max_file_size?: number;
  };
}
