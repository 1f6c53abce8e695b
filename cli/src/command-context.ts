/** What every command gets besides its own arguments. */
export interface CommandContext {
  /** Where to look for the project: the folder itself or one below it. */
  readonly folder: string;
  /** `--profile`, if given. */
  readonly profile: string | undefined;
  /** `--json`: stdout holds exactly one JSON document, whatever happens. */
  readonly isJson: boolean;
  readonly isDebug: boolean;
}
