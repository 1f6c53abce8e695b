// Generated from schemas/v1/user-config.schema.json by scripts/generate-types.mjs. Do not edit.

/**
 * The user config, ~/.mxcp/config.yml: what belongs to this machine or person, secrets above all. Values may be references: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `file://path`, `vault://path#key`, `op://vault/item/field`.
 */
export interface UserConfigFile {
  /**
   * The version of the file format. Always 1.
   */
  mxcp?: 1;
  /**
   * By the name of a project.
   */
  projects?: {
    [k: string]: UserProject;
  };
  /**
   * HashiCorp Vault, for `vault://` references.
   */
  vault?: {
    /**
     * Whether `vault://` references are resolved.
     */
    enabled?: boolean;
    /**
     * The URL of the Vault or OpenBao server.
     */
    address?: string;
    /**
     * The environment variable that holds the token. Without it, the token that `vault login` left in `~/.vault-token` is taken.
     */
    token_env?: string;
    /**
     * The namespace that paths and the login are in.
     */
    namespace?: string;
    /**
     * Where the KV engine is mounted that all paths are inside of. Without it, a path may begin with its mount, else it is inside `secret`.
     */
    mount?: string;
    /**
     * The version of the KV engine, where the server must not be asked for it.
     */
    kv_version?: number;
    /**
     * Logs in as a role instead of using a token.
     */
    approle?: {
      /**
       * The environment variable that holds the role's id.
       */
      role_id_env?: string;
      /**
       * The environment variable that holds the secret id.
       */
      secret_id_env?: string;
      /**
       * Where the AppRole login is mounted.
       */
      mount?: string;
    };
    /**
     * How long to wait for each secret: `10s`, or a number of seconds.
     */
    timeout?: number | string;
  };
  /**
   * 1Password, for `op://` references.
   */
  onepassword?: {
    /**
     * Whether `op://` references are resolved.
     */
    enabled?: boolean;
    /**
     * The URL of the 1Password Connect server.
     */
    connect_host?: string;
    /**
     * The environment variable that holds the Connect server's token.
     */
    token_env?: string;
    /**
     * How long to wait for each secret: `10s`, or a number of seconds.
     */
    timeout?: number | string;
  };
  /**
   * How `serve` talks to clients.
   */
  transport?: {
    /**
     * How clients are served.
     */
    provider?: 'streamable-http' | 'sse' | 'stdio';
    /**
     * Serving over HTTP.
     */
    http?: {
      /**
       * The address to listen on.
       */
      host?: string;
      /**
       * The port to listen on; 0 takes a free one.
       */
      port?: number;
      /**
       * The scheme of generated URLs; `auto` goes by the request.
       */
      scheme?: 'http' | 'https' | 'auto';
      /**
       * The address clients see, when a proxy stands in front; wins over scheme, host and port.
       */
      base_url?: string;
      /**
       * Whether X-Forwarded-* headers are believed.
       */
      trust_proxy?: boolean;
      /**
       * Whether to keep no sessions.
       */
      stateless?: boolean;
      /**
       * Host names that requests may be addressed to, beside the one listened on.
       */
      allowed_hosts?: string[];
      /**
       * Origins whose web pages may call, such as `https://app.example.com`.
       */
      allowed_origins?: string[];
      /**
       * Whether to listen on an address that others can reach without knowing who they are.
       */
      allow_unauthenticated?: boolean;
      /**
       * How long a session may be silent before it ends: `30m`, or a number of seconds.
       */
      session_idle_timeout?: number | string;
      /**
       * The most sessions at one time.
       */
      max_sessions?: number;
      /**
       * What seals the state of calls that wait for input: at least 32 characters, the same for all replicas. Left out: made up at every start.
       */
      state_secret?: string;
    };
  };
  /**
   * Language models, for evals.
   */
  models?: {
    /**
     * The model that evals use.
     */
    default?: string;
    /**
     * By the name of a model.
     */
    models?: {
      /**
       * A model.
       */
      [k: string]: {
        /**
         * Whose API it speaks.
         */
        type: 'claude' | 'openai';
        /**
         * The key of the API.
         */
        api_key?: string;
        /**
         * The address of the API.
         */
        base_url?: string;
        /**
         * Seconds to wait for an answer.
         */
        timeout?: number;
        /**
         * How often to try again.
         */
        max_retries?: number;
      };
    };
  };
  /**
   * The log of the server.
   */
  logging?: {
    /**
     * Whether a log file is written.
     */
    enabled?: boolean;
    /**
     * The log file, relative to this file.
     */
    path?: string;
    /**
     * The least severe message to log.
     */
    level?: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
    /**
     * The size at which a new log file is begun.
     */
    max_bytes?: number;
    /**
     * How many old log files are kept.
     */
    backup_count?: number;
  };
}

/**
 * What belongs to one project.
 */
export interface UserProject {
  /**
   * By the name of a profile.
   */
  profiles?: {
    [k: string]: UserProfile;
  };
}

/**
 * What belongs to one profile.
 */
export interface UserProfile {
  /**
   * Secrets of this profile.
   *
   * Items: A secret.
   */
  secrets?: {
    /**
     * The name that handlers and DuckDB know it by.
     */
    name: string;
    /**
     * A type of DuckDB secret (`s3`, `postgres`, `http` ...), or any word for secrets that only code reads.
     */
    type: string;
    /**
     * Its values.
     */
    parameters?: {
      [k: string]: unknown;
    };
  }[];
  /**
   * Settings of plug-ins.
   */
  plugin?: {
    /**
     * By the name of a block.
     */
    config?: {
      /**
       * Settings of one plug-in.
       */
      [k: string]: {
        [k: string]: string;
      };
    };
  };
  /**
   * Who may use the server.
   */
  auth?: {
    /**
     * Whether this server issues tokens itself or only verifies those of the provider.
     */
    mode?: 'issuer' | 'verifier';
    /**
     * Who says who a user is.
     */
    provider?: 'none' | 'github' | 'atlassian' | 'salesforce' | 'keycloak' | 'google' | 'oidc';
    /**
     * Clients known beforehand.
     *
     * Items: A client.
     */
    clients?: {
      /**
       * The client's id.
       */
      client_id: string;
      /**
       * What people call it.
       */
      name: string;
      /**
       * Its secret.
       */
      client_secret?: string;
      /**
       * Where it may be redirected to.
       */
      redirect_uris?: string[];
      /**
       * The grants it may use.
       */
      grant_types?: ('authorization_code' | 'refresh_token')[];
      /**
       * The scopes it may ask for.
       */
      scopes?: string[];
    }[];
    /**
     * What is asked of every user.
     */
    authorization?: {
      /**
       * Scopes that every user must have.
       */
      required_scopes?: string[];
    };
    /**
     * Where tokens are kept.
     */
    persistence?: {
      /**
       * How tokens are stored.
       */
      type?: 'sqlite';
      /**
       * The file they are stored in.
       */
      path?: string;
      /**
       * The key they are encrypted with.
       */
      auth_encryption_key?: string;
    };
    /**
     * GitHub.
     */
    github?: {
      /**
       * The id this server is registered under.
       */
      client_id: string;
      /**
       * Its secret.
       */
      client_secret: string;
      /**
       * The path the provider sends users back to.
       */
      callback_path: string;
      /**
       * Where users log in.
       */
      auth_url: string;
      /**
       * Where tokens are issued.
       */
      token_url: string;
      /**
       * The scopes to ask for, separated by spaces.
       */
      scope?: string;
      /**
       * Which capabilities a user gets, by the path of a claim and then by its value.
       */
      claim_mappings?: {
        [k: string]: {
          [k: string]: string[];
        };
      };
    };
    /**
     * Salesforce.
     */
    salesforce?: {
      /**
       * The id this server is registered under.
       */
      client_id: string;
      /**
       * Its secret.
       */
      client_secret: string;
      /**
       * The path the provider sends users back to.
       */
      callback_path: string;
      /**
       * Where users log in.
       */
      auth_url: string;
      /**
       * Where tokens are issued.
       */
      token_url: string;
      /**
       * The scopes to ask for, separated by spaces.
       */
      scope?: string;
      /**
       * Which capabilities a user gets, by the path of a claim and then by its value.
       */
      claim_mappings?: {
        [k: string]: {
          [k: string]: string[];
        };
      };
    };
    /**
     * Google.
     */
    google?: {
      /**
       * The id this server is registered under.
       */
      client_id: string;
      /**
       * Its secret.
       */
      client_secret: string;
      /**
       * The path the provider sends users back to.
       */
      callback_path: string;
      /**
       * Where users log in.
       */
      auth_url: string;
      /**
       * Where tokens are issued.
       */
      token_url: string;
      /**
       * The scopes to ask for, separated by spaces.
       */
      scope: string;
      /**
       * Which capabilities a user gets, by the path of a claim and then by its value.
       */
      claim_mappings?: {
        [k: string]: {
          [k: string]: string[];
        };
      };
    };
    /**
     * Atlassian.
     */
    atlassian?: {
      /**
       * The id this server is registered under.
       */
      client_id: string;
      /**
       * Its secret.
       */
      client_secret: string;
      /**
       * The path the provider sends users back to.
       */
      callback_path: string;
      /**
       * Where users log in.
       */
      auth_url: string;
      /**
       * Where tokens are issued.
       */
      token_url: string;
      /**
       * The scopes to ask for, separated by spaces.
       */
      scope: string;
      /**
       * Which capabilities a user gets, by the path of a claim and then by its value.
       */
      claim_mappings?: {
        [k: string]: {
          [k: string]: string[];
        };
      };
    };
    /**
     * Keycloak.
     */
    keycloak?: {
      /**
       * The id this server is registered under.
       */
      client_id: string;
      /**
       * Its secret.
       */
      client_secret: string;
      /**
       * The path the provider sends users back to.
       */
      callback_path: string;
      /**
       * The Keycloak realm.
       */
      realm: string;
      /**
       * The address of the Keycloak server.
       */
      server_url: string;
      /**
       * The scopes to ask for, separated by spaces.
       */
      scope?: string;
      /**
       * Which capabilities a user gets, by the path of a claim and then by its value.
       */
      claim_mappings?: {
        [k: string]: {
          [k: string]: string[];
        };
      };
    };
    /**
     * Any OpenID provider.
     */
    oidc?: {
      /**
       * The id this server is registered under.
       */
      client_id: string;
      /**
       * Its secret.
       */
      client_secret: string;
      /**
       * The path the provider sends users back to.
       */
      callback_path?: string;
      /**
       * The address of the provider's OpenID configuration.
       */
      config_url: string;
      /**
       * The scopes to ask for, separated by spaces.
       */
      scope: string;
      /**
       * The audience a token must have.
       */
      audience?: string;
      /**
       * More parameters of the login request.
       */
      extra_authorize_params?: {
        [k: string]: string;
      };
      /**
       * What people call the provider.
       */
      provider_name?: string;
      /**
       * Which capabilities a user gets, by the path of a claim and then by its value.
       */
      claim_mappings?: {
        [k: string]: {
          [k: string]: string[];
        };
      };
    };
  };
  /**
   * OpenTelemetry.
   */
  telemetry?: {
    /**
     * Whether traces and metrics are sent.
     */
    enabled?: boolean;
    /**
     * Where to send them.
     */
    endpoint?: string;
    /**
     * Headers to send with them.
     */
    headers?: {
      [k: string]: string;
    };
    /**
     * The name of this service.
     */
    service_name?: string;
    /**
     * Its version.
     */
    service_version?: string;
    /**
     * The name of the environment. Left out: the profile.
     */
    environment?: string;
    /**
     * More attributes of this service.
     */
    resource_attributes?: {
      [k: string]: unknown;
    };
    /**
     * Traces.
     */
    tracing?: {
      /**
       * Whether traces are sent.
       */
      enabled?: boolean;
      /**
       * Whether traces are also printed.
       */
      console_export?: boolean;
    };
    /**
     * Metrics.
     */
    metrics?: {
      /**
       * Whether metrics are sent.
       */
      enabled?: boolean;
      /**
       * Seconds between two exports.
       */
      export_interval?: number;
    };
  };
}
