import type { Diagnostic, SourceFile, Span } from '@mxcp-ts/diagnostics';
import type { EmbeddedText, EndpointDefinition, Icon, SourcePath } from './definition.ts';
import type { PluginName } from './references/secret-plugins.ts';

/** A folder, read. Frozen; holds no handles. */
export interface Project {
  /** Absolute path of the folder that holds `mxcp-site.yml`. */
  readonly root: string;
  readonly siteFile: SourceFile;
  readonly config: ProjectConfig;
  /** Enabled endpoints, the project's own first, each kind sorted by file path. */
  readonly endpoints: readonly EndpointDefinition[];
}

export interface LoadedProject {
  /** Absolute path of the project folder. */
  readonly root: string;
  /** What could be read. Absent when the site or user file is unusable. */
  readonly project: Project | undefined;
  /** The site file and the user config, as far as they were read: findings in them concern the whole project. */
  readonly configFiles: readonly SourceFile[];
  /** Everything found, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every endpoint file that was looked at, also the broken and the disabled ones: for `list` and `validate`. */
  readonly files: readonly EndpointFileReport[];
  /**
   * Absolute paths, sorted: every file that was read or looked for and not found, `file://` secrets and handlers
   * included, those of tool packs not. A change to one of them may change what a new load gives.
   */
  readonly inputs: readonly string[];
}

export interface EndpointFileReport {
  readonly file: SourceFile;
  readonly kind: 'tool' | 'resource' | 'prompt' | 'unknown';
  /** Of a resource its URI; "unknown" when the file does not say. */
  readonly name: string;
  readonly enabled: boolean;
}

export interface SecretDefinition {
  readonly name: string;
  readonly type: string;
  /** References resolved. Values in clear: hand them on, never print them. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Extension {
  readonly name: string;
  readonly repository: 'community' | 'core_nightly' | undefined;
}

/** A file of statements that make the project's tables; each is run once, remembered by the hash of its content. */
export interface SetupFile {
  /** Relative to the project folder, with forward slashes. */
  readonly path: string;
  readonly sql: EmbeddedText;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
}

/** A plug-in of the project: code that adds SQL functions and can be had with `plugins.get`. */
export interface PluginDefinition {
  readonly name: string;
  readonly language: 'python' | 'typescript';
  /** Its file in the folder of plug-ins; undefined for a Python module that is an installed package. */
  readonly file: SourcePath | undefined;
  /** The dotted name that Python imports. */
  readonly module: string;
  /** Whether the site file lists it under `plugin`, or it merely lies in the folder. */
  readonly isListed: boolean;
  /** The block of the user config that the site file names. References resolved: may hold secrets. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where it is listed; undefined for one that merely lies in the folder. */
  readonly span: Span | undefined;
}

export interface DatabaseConfig {
  /** Absolute, or `:memory:`. */
  readonly path: string;
  readonly isReadOnly: boolean;
  readonly extensions: readonly Extension[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly setup: readonly SetupFile[];
  /** Where the extension, setting or setup was written, for findings about it. */
  readonly span: Span;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  readonly scheme: 'http' | 'https' | 'auto';
  readonly baseUrl: string | undefined;
  readonly trustProxy: boolean;
  readonly isStateless: boolean;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly allowUnauthenticated: boolean;
  /** How long a 2025-era session may be silent before it ends, milliseconds. */
  readonly sessionIdleTimeoutMs: number;
  readonly maxSessions: number;
  /**
   * `transport.http.state_secret` of the user config or `MXCP_STATE_SECRET`: what seals the state of calls that wait for input.
   * Replicas must share it. Undefined: one is made up for this process.
   */
  readonly stateSecret: string | undefined;
}

/** How the server presents itself, and what it allows its MCP clients: `mcp` of the site file. */
export interface McpConfig {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly websiteUrl: string | undefined;
  readonly icons: readonly Icon[];
  /** For the model, on how to use the project. */
  readonly instructions: string | undefined;
  readonly pageSize: number;
  /** How long clients may keep lists. */
  readonly listTtlMs: number;
  readonly tasks: {
    /** How long a task is kept, from its creation. */
    readonly ttlMs: number;
    readonly maxTasks: number;
    /** How often clients should look. */
    readonly pollIntervalMs: number;
  };
}

export interface LoggingConfig {
  readonly enabled: boolean;
  readonly path: string | undefined;
  readonly level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
  readonly maxBytes: number;
  readonly backupCount: number;
}

/** The site file, the user config and the environment, for the one active profile: references resolved, defaults applied, paths absolute. */
export interface ProjectConfig {
  readonly project: string;
  readonly profile: string;
  readonly database: DatabaseConfig;
  readonly secrets: readonly SecretDefinition[];
  readonly transport: { readonly provider: 'streamable-http' | 'sse' | 'stdio'; readonly http: HttpConfig };
  readonly mcp: McpConfig;
  readonly logging: LoggingConfig;
  /** Absolute folder of Python modules (`paths.python`). */
  readonly pythonFolder: string;
  /** `python.interpreter` of the site file: a path or a command; undefined means look for one. */
  readonly pythonInterpreter: string | undefined;
  /** Absolute folder of plug-ins (`paths.plugins`). */
  readonly pluginsFolder: string;
  /** Those that the site file lists, in its order, then the others of the folder by name. */
  readonly plugins: readonly PluginDefinition[];
  readonly packs: readonly string[];
  /** `sql_tools.allow_functions`: functions that the tool pack `sql` lets its callers use beyond the harmless ones. */
  readonly allowedSqlFunctions: readonly string[];
  readonly auditEnabled: boolean;
  readonly telemetryEnabled: boolean;
  /** `auth.provider` of the active profile. */
  readonly authProvider: string;
  /** Both files as plain data, for `config.site_config`, `config.user_config` and `get_setting`; the user file reduced to the active profile's project. */
  readonly siteConfig: Readonly<Record<string, unknown>>;
  readonly userConfig: Readonly<Record<string, unknown>>;
}

export interface LoadOptions {
  /** Absolute path of the project folder. */
  readonly root: string;
  /** `--profile`; wins over `MXCP_PROFILE`, which wins over the site file. */
  readonly profile?: string;
  /** `--readonly` (true), `--no-readonly` (false), or not given. */
  readonly isReadOnly?: boolean;
  /** `--sql-tools true|false`. */
  readonly sqlTools?: boolean;
  /** Folder of the built-in tool packs: one folder each. */
  readonly packsFolder: string;
  /** The process environment; passed in so that it is read in one place. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths in environment variables start from; left out: `root`. */
  readonly cwd?: string;
  /**
   * Gives the plug-in of this name, for references that it reads; asked only when the active profile holds one. Left
   * out, such references are findings.
   */
  readonly importPlugin?: (name: PluginName) => Promise<unknown>;
  /** The user's home directory, for `~/.mxcp/config.yml` and `~`. */
  readonly home: string;
}
