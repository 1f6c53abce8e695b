/** What every command gets besides its own arguments. */
export interface CommandContext {
  /** Where the command was given, absolute: relative paths of the command line and the environment start here. */
  readonly cwd: string;
  /** Where to look for the project: the folder itself or one below it. */
  readonly folder: string;
  /** `--profile`, if given. */
  readonly profile: string | undefined;
  /** `--json`: stdout holds exactly one JSON document, whatever happens. */
  readonly isJson: boolean;
  readonly isDebug: boolean;
}
