import type { ProjectConfig } from '@mxcp-ts/project';
import type { GuestConfig } from './protocol.ts';

/** What `config.*` shows to the handlers of a project. */
export function guestConfigOf({ project, profile, secrets, siteConfig, userConfig }: ProjectConfig): GuestConfig {
  return {
    project,
    profile,
    secrets: Object.fromEntries(secrets.map(({ name, parameters }) => [name, parameters])),
    site: siteConfig,
    user: userConfig,
  };
}
