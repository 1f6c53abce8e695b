/**
 * Where the values of references come from, such as Vault for `vault://…`. A source is plain data; nothing happens before
 * it is opened, and it is opened only for a profile that holds one of its references.
 */
export interface SecretSource {
  /** What its references start with, without the `://`. */
  readonly scheme: string;
  /**
   * What is wrong with how a reference is written; undefined when it can be read. Pure, so that a typo is found
   * without a network.
   *
   * @param reference - what stands behind the `://`, variables replaced
   */
  check(reference: string): ReferenceProblem | undefined;
  /** Gets ready to read: checks the settings, logs in where that is needed. Once per load of a project. */
  open(options: SecretSourceOptions): Promise<OpenedSource> | OpenedSource;
}

export interface SecretSourceOptions {
  /** The source's block of the user config as it is written, `${NAME}` and `file://` replaced. Of any shape: check it. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory, absolute. */
  readonly home: string;
  /** Aborted when nobody waits any longer; give it to everything that may take time. */
  readonly signal: AbortSignal;
}

export type OpenedSource =
  | { readonly ok: true; readonly reader: SecretReader }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** Reads secrets until it is closed; several at a time. */
export interface SecretReader {
  /** @param reference - one that `check` has nothing against */
  read(reference: string, options: { readonly signal: AbortSignal }): Promise<SecretRead>;
  close?(): Promise<void> | void;
}

/**
 * `value` is a text, or the JSON value that the source holds. A problem of scope `source` (not reachable, token refused)
 * would be the same for every reference, and is told once.
 */
export type SecretRead =
  | { readonly ok: true; readonly value: unknown }
  | ({ readonly ok: false; readonly scope: 'reference' | 'source' } & ReferenceProblem);

/** Told to the user at the reference's place. Never holds a value of a secret or a token. */
export interface ReferenceProblem {
  /** A sentence with a full stop: what is wrong, not where. */
  readonly message: string;
  /** What to do about it, when that is known. */
  readonly hint?: string;
}

export interface SettingProblem extends ReferenceProblem {
  /** The key of the source's block that is wrong, or missing; left out when none is. */
  readonly setting?: string;
}
